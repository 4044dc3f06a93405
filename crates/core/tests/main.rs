//! The rules, from outside: what a person's files and time make of sessions, and what the program does about it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]
#![allow(clippy::unnecessary_wraps, clippy::items_after_statements, reason = "cases read better so")]
#![allow(missing_docs, reason = "tests are read by their names")]

mod advising;
mod answers;
mod attention;
mod aws_logins;
mod aws_sign_ins;
mod carrying_out;
mod clocks;
mod commands;
mod credentials;
mod ends;
mod explaining;
mod faults;
mod homes;
mod lasting;
mod learned;
mod listing;
mod locations;
mod logins;
mod logouts;
mod mending;
mod menus;
mod month;
mod notices;
mod offline;
mod portal;
mod properties;
mod reasons;
mod redirects;
mod refreshes;
mod rows;
mod simulation;
mod states;
mod texts;
