// The pure functions: times, sessions, profiles, shells, settings, the search, the head, the news.
import assert from "node:assert/strict";
import { test } from "node:test";
import { arrange } from "../src/arrange.ts";
import { changes, seen } from "../src/changes.ts";
import { find, foundWords } from "../src/find.ts";
import { headline, nextWords } from "../src/headline.ts";
import { account, ending, kind } from "../src/profile.ts";
import { end, hundredths, line, standing, timeLeft } from "../src/session.ts";
import { applied, withWarning } from "../src/settings.ts";
import { exportLine } from "../src/shell.ts";
import { ago, clock, left, moment } from "../src/time.ts";
import * as pages from "./pages/index.ts";
import { NOW, inMinutes, page, problem, profile, session } from "./pages/make.ts";

process.env.TZ = "UTC";
const MINUTE = 60_000;

test("times left are rounded down, two units at most", () => {
  const cases = [
    [0, "under 1 min"],
    [59_999, "under 1 min"],
    [60_000, "1 min"],
    [14 * MINUTE + 59_999, "14 min"],
    [60 * MINUTE, "1 h"],
    [372 * MINUTE + 30_000, "6 h 12 min"],
    [24 * 60 * MINUTE, "1 d"],
    [51 * 60 * MINUTE + 59 * MINUTE, "2 d 3 h"],
    [400 * 24 * 60 * MINUTE, "400 d"],
  ];
  for (const [ms, words] of cases) assert.equal(left(ms), words);
});

test("times past", () => {
  const cases = [[0, "just now"], [12.9 * MINUTE, "12 min ago"], [3.5 * 60 * MINUTE, "3 h ago"], [25 * 60 * MINUTE, "1 day ago"], [23 * 1440 * MINUTE, "23 days ago"]];
  for (const [ms, words] of cases) assert.equal(ago(ms), words);
});

test("clock times name the day if it is not today", () => {
  const at = (minutes) => clock(NOW + minutes * MINUTE, NOW).replaceAll("\u202f", " ");
  const { hourCycle } = new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions();
  const hour = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle });
  assert.equal(at(14), hour.format(NOW + 14 * MINUTE).replaceAll("\u202f", " "));
  assert.match(at(24 * 60), /^Thu /);
  assert.match(at(-24 * 60), /17/);
  assert.match(at(30 * 1440), /18/);
});

test("nonsense is no moment", () => {
  assert.equal(moment(null), null);
  assert.equal(moment("soon"), null);
  assert.equal(moment("2026-11-18T15:48:00Z"), NOW);
});

test("a session counts to the end that needs a person, and claims none it does not know", () => {
  assert.equal(end(session("a", { refreshable: true, expires_at: inMinutes(5) })), null);
  assert.equal(end(session("a", { refreshable: false, expires_at: inMinutes(5) })), NOW + 5 * MINUTE);
  assert.equal(end(session("a", { refreshable: true, person_needed_at: inMinutes(9), expires_at: inMinutes(5) })), NOW + 9 * MINUTE);
});

test("what has passed its end has ended, whatever the engine said last", () => {
  const over = { person_needed_at: inMinutes(0), refreshable: false };
  for (const state of ["valid", "expiring", "expired"]) assert.equal(standing(session("a", { ...over, state }), NOW), "expired");
  assert.equal(standing(session("a", { ...over, state: "broken" }), NOW), "broken");
  assert.equal(standing(session("a", { refreshable: true, expires_at: inMinutes(-1) }), NOW), "valid");
});

test("the line under a session's name", () => {
  const said = (rest) => line(session("a", rest), standing(session("a", rest), NOW), NOW);
  assert.equal(said({}), "renews itself");
  assert.match(said({ person_needed_at: inMinutes(372) }), /^renews itself · until /);
  assert.match(said({ refreshable: false, expires_at: inMinutes(30) }), /^ends at /);
  assert.equal(said({ state: "expired", refreshable: false, expires_at: inMinutes(-12) }), "ended 12 min ago");
  assert.equal(said({ state: "expired", refreshable: true, expires_at: inMinutes(20) }), "ended");
  assert.equal(said({ state: "stale" }), "renews itself at the next use");
  assert.equal(said({ state: "stale", problems: [problem({ code: "refresh-failed" })] }), "could not be renewed yet");
  assert.equal(said({ state: "signed-out", expires_at: null }), "not signed in");
  assert.equal(timeLeft(session("a", {}), "valid", NOW), "");
});

test("the ring never shows more than is left", () => {
  assert.equal(hundredths(session("a", {}), NOW), 100);
  assert.equal(hundredths(session("a", { person_needed_at: inMinutes(1), length: 120 }), NOW), 50);
  assert.equal(hundredths(session("a", { person_needed_at: inMinutes(-1), length: 120 }), NOW), 0);
});

test("profiles in words", () => {
  assert.equal(account("111122223333"), "1111 2222 3333");
  assert.equal(kind(profile("a", null, null, null, { access_key: "AKIA…7QXM" })), "long-term key AKIA…7QXM");
  assert.equal(kind(profile("a", null, null, null, { kind: "assume-role", source_profile: "base" })), "assumes a role from base");
  assert.equal(ending(profile("a", null, null, null, { state: "endless" }), NOW), "no end");
  assert.equal(ending(profile("a", null, null, null, { expires_at: inMinutes(-61) }), NOW), "ended 1 h ago");
  assert.equal(ending(profile("a", null, null, null, { state: "unknown" }), NOW), "end not known");
});

test("the line for a shell survives any name", () => {
  assert.equal(exportLine("posix", "dev"), "export AWS_PROFILE='dev'");
  assert.equal(exportLine("posix", "it's $HOME"), `export AWS_PROFILE='it'\\''s $HOME'`);
  assert.equal(exportLine("fish", "dev"), "set -gx AWS_PROFILE dev");
  assert.equal(exportLine("fish", "it's \\"), `set -gx AWS_PROFILE 'it\\'s \\\\'`);
  assert.equal(exportLine("powershell", "it's"), "$Env:AWS_PROFILE = 'it''s'");
  assert.equal(exportLine("cmd", "my dev"), 'set "AWS_PROFILE=my dev"');
});

test("settings: what a change makes of them", () => {
  const { settings } = page({}, { pinned: ["a"], browsers: { s: "firefox" } });
  assert.deepEqual(applied(settings, { key: "pinned", value: { name: "b", on: true } }).pinned, ["a", "b"]);
  assert.deepEqual(applied(settings, { key: "pinned", value: { name: "a", on: false } }).pinned, []);
  assert.deepEqual(applied(settings, { key: "browser", value: { session: "s", command: null } }).browsers, {});
  assert.deepEqual(withWarning([15, 5], "30"), [30, 15, 5]);
  for (const typed of ["", "0", "1441", "2.5", "x", "5"]) assert.equal(typeof withWarning([15, 5], typed), "string");
});

test("cards: what wants a person first, the rest folded", () => {
  const names = (cards) => cards.map(({ session }) => session.name);
  assert.deepEqual(names(arrange(pages.main, NOW).cards), ["sandbox", "data-eu", "platform", "corp"]);
  assert.deepEqual(names(arrange(pages.main, NOW).rest).sort(), ["agency-2025", "lab"]);
  const order = ["sandbox", "data-eu", "platform", "broken", "signed-out", "stale", "stale-failed", "corp", "renewing", "endless", "unknown"];
  assert.deepEqual(names(arrange(pages.states, NOW).cards), order);
  const pinned = { ...pages.calm, settings: { ...pages.calm.settings, pinned: ["sso-session:platform"] } };
  assert.deepEqual(names(arrange(pinned, NOW).cards), ["platform", "corp"]);
});

test("one broken line is told once, and not in every card", () => {
  const told = problem();
  const view = { sessions: [session("corp")], profiles: [profile("a", "corp", null, null, { problems: [told] }), profile("b", null, null, null, { problems: [told] })], problems: [told] };
  const layout = arrange(page(view), NOW);
  assert.equal(layout.problems.length, 1);
  assert.equal(layout.cards[0].problems.length, 0);
  assert.equal(arrange(page({ ...view, problems: [] }), NOW).cards[0].problems.length, 1);
});

test("the search finds accounts with and without spaces, and words in any order", () => {
  const layout = arrange(pages.main, NOW);
  const profiles = (query) => find(layout, query).cards.flatMap((card) => (card.chosen ? card.profiles.map((p) => p.name) : []));
  assert.deepEqual(profiles("4444 5555"), ["prod", "prod-breakglass"]);
  assert.deepEqual(profiles("44445555"), ["prod", "prod-breakglass"]);
  assert.deepEqual(profiles("readonly corp"), ["prod"]);
  assert.deepEqual(find(layout, "agency").rest.map(({ session }) => session.name), ["agency-2025"]);
  assert.equal(find(layout, "long-term").others.length, 1);
  assert.equal(find(layout, "boto3").problems.length, 1);
  assert.equal(foundWords(find(layout, "4444 5555")), "1 session and 2 profiles found");
  assert.equal(foundWords(find(layout, "xyzzy")), "Nothing found");
});

test("the head says how things stand", () => {
  const said = (page, now = NOW) => headline(page, now);
  assert.deepEqual(said(pages.main), { shape: "signing-in", title: "Signing in to sandbox", line: "2 of 4 sessions signed in" });
  assert.equal(said(pages.quiet).title, "data-eu has ended");
  assert.equal(said(pages.morning).title, "3 sessions have ended");
  assert.equal(said(pages.calm).title, "Signed in to 2 sessions");
  assert.match(said(pages.calm).line, /^nothing needs you until /);
  assert.equal(said(pages.empty).title, "No AWS profiles found");
  assert.equal(said(pages.unreadable).title, "Config cannot be read");
  const lone = page({ sessions: [session("platform", { state: "expiring", person_needed_at: inMinutes(14.5) })] });
  assert.deepEqual([said(lone).shape, said(lone).title], ["ends-soon", "platform ends in 14 min"]);
  assert.equal(said(page({ sessions: [session("lab", { state: "signed-out", attention: false })] })).title, "Not signed in");
  assert.match(nextWords(pages.main, NOW), /^Next: platform at /);
  assert.equal(nextWords(pages.morning, NOW), "");
});

test("news: terse, and only what changed", () => {
  const before = seen(pages.main.view.sessions, NOW);
  assert.equal(changes(before, pages.main.view.sessions, NOW), "");
  const done = pages.main.view.sessions.map((s) => (s.name === "sandbox" ? { ...s, login: null, state: "valid" } : s));
  assert.equal(changes(before, done, NOW), "sandbox signed in");
  assert.equal(changes(before, pages.main.view.sessions, NOW + 15 * MINUTE), "platform has ended");
  const failed = pages.main.view.sessions.map((s) => (s.name === "sandbox" ? { ...s, login: null } : s));
  assert.equal(changes(before, failed, NOW), "Not signed in to sandbox");
});
