//! Strongroom for hosts.
