#!/usr/bin/env bash
# Runs an image on QEMU's board, which has the LM3S6965: `qemu.sh [--eeprom FILE] IMAGE [OPTION...]`. FILE is what the EEPROM holds, a
# 24C256, and is written to. The options are QEMU's own: where the serial lines and its monitor lead. It becomes QEMU, under
# the same process number; what the image says through the debugger comes on QEMU's own outputs.
set -euo pipefail
eeprom=()
if [[ ${1-} == --eeprom ]]; then
    # A comma in a name is written twice.
    eeprom=(-drive "if=none,id=ee,format=raw,file=${2//,/,,}" -device at24c-eeprom,bus=i2c,address=0x50,rom-size=32768,drive=ee)
    shift 2
fi
exec qemu-system-arm -M lm3s6965evb -display none -semihosting-config enable=on,target=native \
    "${eeprom[@]}" -kernel "${1:?usage: qemu.sh [--eeprom FILE] IMAGE [OPTION...]}" "${@:2}"
