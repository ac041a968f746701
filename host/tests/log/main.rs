//! A drained log as a directory: written, cut off, damaged, verified, proved.

mod damage;
mod directory;
mod independent;
mod keys;
mod make;
mod proofs;
mod verify;
