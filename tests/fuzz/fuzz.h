/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz - the one function of a fuzzer; called by libFuzzer, or by replay.c
 * over the files of a corpus
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

#endif
