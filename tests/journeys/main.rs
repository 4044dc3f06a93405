//! Whole journeys: Relight's own programs, in a sealed world, against the fake AWS and real clients.
#![allow(missing_docs, reason = "tests are read by their names")]

mod accounts;
#[cfg(unix)]
mod aws_login;
#[cfg(unix)]
mod aws_sign_in;
#[cfg(unix)]
mod bad_input;
#[cfg(unix)]
mod clients;
mod commands;
#[cfg(unix)]
mod conformance;
mod credentials;
#[cfg(unix)]
mod doctor;
mod explain;
#[cfg(target_os = "linux")]
mod faults;
#[cfg(unix)]
mod homes;
#[cfg(unix)]
mod kinds;
mod leaks;
mod learned;
mod network;
#[cfg(target_os = "linux")]
mod pictures;
#[cfg(unix)]
mod providers;
#[cfg(unix)]
mod reading;
mod redirect;
#[cfg(unix)]
mod running;
#[cfg(target_os = "linux")]
mod session;
mod setting;
#[cfg(target_os = "linux")]
mod settings;
mod sign_in;
#[cfg(target_os = "linux")]
mod stories;
#[cfg(target_os = "linux")]
mod surroundings;
#[cfg(target_os = "linux")]
mod texts;
#[cfg(target_os = "linux")]
mod tray;
mod watching;
#[cfg(target_os = "linux")]
mod window;
#[cfg(windows)]
mod windows;
#[cfg(unix)]
mod wsl;
