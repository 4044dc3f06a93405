//! What AWS's files mean, when every session ends, and what to do next.
//!
//! Everything here is a function of (state, now, event). There are no files, sockets, threads, clocks, environment
//! variables or time zones of this crate's own: the engine reads the world, hands it over as [`app::Event`]s and
//! carries out the [`app::Effect`]s that come back. ARCHITECTURE.md lists what must stay absent.
//!
//! The facts come from a specification of AWS's session files that names its sources; a comment such as
//! `aws-sessions.md 2.3` cites its section.
// Its own tests may use std: what they derive for the window's types needs its prelude.
#![cfg_attr(not(test), no_std)]

extern crate alloc;

pub mod accounts;
pub mod action;
pub mod app;
pub mod browser;
pub mod cache;
pub mod config;
pub mod credentials;
pub mod doctor;
pub mod endpoint;
pub mod explain;
pub mod fix;
pub mod flow;
pub mod homes;
pub mod icon;
pub mod ini;
pub mod learned;
pub mod menu;
pub mod near;
pub mod notice;
pub mod offline;
pub mod page;
mod portal;
pub mod problem;
pub mod reading;
pub mod secret;
pub mod settings;
pub mod skew;
pub mod start_url;
pub mod status;
pub mod text;
pub mod time;
pub mod tools;
pub mod view;
pub mod world;
