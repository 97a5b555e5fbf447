/* SPDX-License-Identifier: GPL-3.0-or-later */
/* module_no_symbol - a shared object that is no module, for test_module */
extern const int monitoring_plugins_mail_nothing
    __attribute__((visibility("default")));

const int monitoring_plugins_mail_nothing = 1;
