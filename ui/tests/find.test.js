// The search: what it shows and what it counts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { arrange } from "../src/arrange.ts";
import { find, foundWords } from "../src/find.ts";
import * as pages from "./pages/index.ts";
import { NOW, page, profile, session } from "./pages/make.ts";

const layout = arrange(pages.main, NOW);

test("the search finds accounts with and without spaces, and words in any order", () => {
  const profiles = (query) => find(layout, query).cards.flatMap((card) => (card.chosen ? card.profiles.map((p) => p.name) : []));
  assert.deepEqual(profiles("4444 5555"), ["prod", "prod-breakglass"]);
  assert.deepEqual(profiles("44445555"), ["prod", "prod-breakglass"]);
  assert.deepEqual(profiles("readonly corp"), ["prod"]);
  assert.deepEqual(find(layout, "agency").rest.map(({ session }) => session.name), ["agency-2025"]);
  assert.equal(find(layout, "long-term").others.length, 1);
  assert.equal(find(layout, "boto3").problems.length, 1);
});

test("what profiles say themselves narrows to them, though their card says it too", () => {
  const view = {
    sessions: [session("corp", { start_url: "https://dev.awsapps.com/start" }), session("lab", { start_url: "https://dev.awsapps.com/start" })],
    profiles: [profile("dev", "corp", "111122223333", "ReadOnly"), profile("prod", "corp", "444455556666", "Developer"), profile("ops", "corp", "777788889999", "ReadOnly"), profile("try", "lab", null, null)],
  };
  const found = (query) => find(arrange(page(view), NOW), query);
  const shown = (query) => found(query).cards.map((card) => [card.session.name, card.chosen, card.profiles.map(({ name }) => name)]);
  assert.deepEqual(shown("dev"), [["corp", true, ["dev", "prod"]], ["lab", false, ["try"]]]);
  assert.deepEqual(shown("awsapps"), [["corp", false, ["dev", "prod", "ops"]], ["lab", false, ["try"]]]);
  assert.deepEqual(shown("corp"), [["corp", false, ["dev", "prod", "ops"]]]);
  assert.deepEqual(shown("eu-central-1")[0], ["corp", true, ["dev", "prod", "ops"]]);
});

test("the search finds kinds, commands and who needs a code", () => {
  const kinds = arrange(pages.kinds, NOW);
  const others = (query) => find(kinds, query).others.map(({ name }) => name);
  const cards = (query) => find(kinds, query).cards.map((card) => [card.session.name, ...(card.chosen ? card.profiles.map(({ name }) => name) : [])]);
  assert.deepEqual(others("saml2aws"), ["saml-ended", "saml-soon", "saml-valid"]);
  assert.deepEqual(others("environment variables"), ["(environment)"]);
  assert.deepEqual(others("bedrock"), ["(bedrock key)"]);
  assert.deepEqual(others("container"), ["(container)"]);
  assert.deepEqual(others("get-caller-identity"), ["mfa-of-a-key", "mfa-unused"]);
  assert.deepEqual(cards("mfa"), [["corp", "ops-code", "ops-ended", "ops-soon", "ops-valid"]]);
  // The name of a session of "aws login" begins with its account.
  for (const query of ["1111 2222 3333 soon", "111122223333:user/soon"]) assert.deepEqual(cards(query), [["111122223333:user/soon"]]);
  assert.equal(foundWords(find(kinds, "aws login --profile")), "3 profiles found");
  assert.equal(foundWords(find(kinds, "audit")), "1 profile found");
});

test("the search finds ends that were learned, and what stands in the way of a renewal", () => {
  const names = (page, query) => find(arrange(page, NOW), query).cards.map(({ session }) => session.name).sort();
  assert.deepEqual(names(pages.learned, "learned"), ["away", "far", "near", "past"]);
  assert.deepEqual(names(pages.held, "offline"), ["away", "away-stale"]);
  assert.deepEqual(names(pages.held, "signed out elsewhere"), ["revoked", "revoked-over"]);
});

test("only what matches is counted", () => {
  const words = (query) => foundWords(find(layout, query));
  assert.equal(words("4444 5555"), "2 profiles found");
  assert.equal(words("readonly corp"), "1 profile found");
  assert.equal(words("corp"), "1 session found");
  assert.equal(words("data-eu.awsapps"), "1 session found");
  assert.equal(words("platform"), "1 session and 1 profile found");
  assert.equal(words("xyzzy"), "Nothing found");
  assert.match(words(""), /^6 sessions, 13 profiles and 1 problem found$/);
});
