//! Journeys
