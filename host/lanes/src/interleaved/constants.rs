//! What SHA-256 knows before it sees a message.

/// What SHA-256 begins with (FIPS 180-4, section 5.3.3).
pub(super) const BEGIN: [i32; 8] =
    words([0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19]);

/// Its constants, four rounds a row (section 4.2.2).
pub(super) const ROUNDS: [[i32; 4]; 16] = [
    words([0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5]),
    words([0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5]),
    words([0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3]),
    words([0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174]),
    words([0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc]),
    words([0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da]),
    words([0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7]),
    words([0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967]),
    words([0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13]),
    words([0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85]),
    words([0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3]),
    words([0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070]),
    words([0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5]),
    words([0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3]),
    words([0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208]),
    words([0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2]),
];

/// The same bits as the intrinsics take them.
const fn words<const N: usize>(numbers: [u32; N]) -> [i32; N] {
    let mut words = [0; N];
    let mut place = 0;
    while place < N {
        words[place] = numbers[place].cast_signed();
        place += 1;
    }
    words
}

/// Schedules of a second block that has one byte of a message of 65, by that byte: all 64 words, with the constants added.
///
/// A node's message is so; half of its work is known before.
pub(super) static ENDINGS: [[[i32; 4]; 16]; 256] = {
    let mut endings = [[[0; 4]; 16]; 256];
    let mut byte = 0;
    while byte < endings.len() {
        endings[byte] = ending(byte as u32);
        byte += 1;
    }
    endings
};

/// The schedule as FIPS 180-4 has it, section 6.2.2.
const fn ending(byte: u32) -> [[i32; 4]; 16] {
    let mut words = [0u32; 64];
    words[0] = byte << 24 | 0x0080_0000;
    words[15] = 65 * 8;
    let mut place = 16;
    while place < words.len() {
        let (old, new) = (words[place - 15], words[place - 2]);
        let small = old.rotate_right(7) ^ old.rotate_right(18) ^ old >> 3;
        let large = new.rotate_right(17) ^ new.rotate_right(19) ^ new >> 10;
        words[place] = words[place - 16].wrapping_add(small).wrapping_add(words[place - 7]).wrapping_add(large);
        place += 1;
    }
    let mut schedule = ROUNDS;
    let mut place = 0;
    while place < words.len() {
        let constant = &mut schedule[place / 4][place % 4];
        *constant = constant.wrapping_add(words[place].cast_signed());
        place += 1;
    }
    schedule
}
