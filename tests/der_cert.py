# SPDX-License-Identifier: GPL-3.0-or-later
"""der_cert.py - certificates that nobody would issue, byte by byte

Their signatures are worth nothing: what is tested is who reads them.
"""
import base64

# the generator of P-256: a key that is one
KEY = bytes.fromhex(
    "3059301306072a8648ce3d020106082a8648ce3d030107034200046b17d1f2e12c4247"
    "f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb"
    "4a7c0f9e162bce33576b315ececbb6406837bf51f5")
ECDSA_SHA256 = bytes.fromhex("06082a8648ce3d040302")
COMMON_NAME = bytes.fromhex("0603550403")
ALTERNATIVE = bytes.fromhex("0603551d11")
CONSTRAINTS = bytes.fromhex("0603551d13")
COMMENT = bytes.fromhex("06096086480186f842010d")


def value(tag, *parts):
    body = b"".join(parts)
    if len(body) < 128:
        return bytes((tag, len(body))) + body
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes((tag, 128 | len(size))) + size + body


def name(common):
    """Of one common name, or of several in a tuple."""
    if isinstance(common, bytes):
        common = (common,)
    return value(0x30, *(value(0x31, value(0x30, COMMON_NAME,
                                           value(0x0c, c)))
                         for c in common))


def extension(kind, *body):
    return value(0x30, kind, value(0x04, value(0x30, *body)))


def hosts(*names):
    return extension(ALTERNATIVE, *(value(0x82, n) for n in names))


def authority():
    return extension(CONSTRAINTS, value(0x01, b"\xff"))


def comment(size):
    return value(0x30, COMMENT, value(0x04, value(0x16, b"x" * size)))


def cert(subject, issuer, *extensions, serial=1):
    algorithm = value(0x30, ECDSA_SHA256)
    signed = value(
        0x30, value(0xa0, value(0x02, b"\x02")),
        value(0x02, b"\x01" + serial.to_bytes(4, "big")), algorithm, name(issuer),
        value(0x30, value(0x17, b"200101000000Z"),
              value(0x17, b"490101000000Z")), name(subject), KEY,
        value(0xa3, value(0x30, *extensions)) if extensions else b"")
    return value(0x30, signed, algorithm,
                 value(0x03, b"\x00" + value(0x30, value(0x02, b"\x01"),
                                             value(0x02, b"\x01"))))


def pem(*ders, label="CERTIFICATE"):
    return b"".join(b"-----BEGIN %s-----\n" % label.encode()
                    + base64.encodebytes(der)
                    + b"-----END %s-----\n" % label.encode()
                    for der in ders)
