//! Whole journeys: Relight's own programs, in a sealed world, against the fake AWS and real clients.
#![allow(missing_docs, reason = "tests are read by their names")]

mod accounts;
mod aws_login;
mod aws_sign_in;
mod bad_input;
mod clients;
mod conformance;
mod credentials;
#[cfg(target_os = "linux")]
mod faults;
mod kinds;
mod leaks;
mod learned;
mod network;
#[cfg(target_os = "linux")]
mod pictures;
mod providers;
mod reading;
mod redirect;
#[cfg(target_os = "linux")]
mod session;
mod setting;
#[cfg(target_os = "linux")]
mod settings;
mod sign_in;
#[cfg(target_os = "linux")]
mod surroundings;
#[cfg(target_os = "linux")]
mod texts;
#[cfg(target_os = "linux")]
mod tray;
mod watching;
#[cfg(target_os = "linux")]
mod window;
