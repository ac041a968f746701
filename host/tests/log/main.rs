//! A drained log as a directory: written, cut off, damaged, verified, proved.

mod cuts;
mod damage;
mod directory;
mod folder;
mod independent;
mod keys;
mod make;
mod medium;
mod proofs;
mod scenarios;
mod threads;
mod verify;
