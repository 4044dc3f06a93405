// Prints what the AWS SDK for JavaScript makes of FOLDER/*/config and FOLDER/*/credentials, as one JSON object by
// folder name.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { loadSharedConfigFiles, loadSsoSessionData, parseKnownFiles } from "@smithy/core/config";

// Without a prototype, so that a section or key named __proto__ would be seen.
const plain = (entries) => Object.assign(Object.create(null), Object.fromEntries(entries));
const sections = (map) => plain(Object.entries(map).map(([name, keys]) => [name, plain(Object.entries(keys))]));

const reading = async (folder) => {
  process.env.AWS_CONFIG_FILE = join(folder, "config");
  process.env.AWS_SHARED_CREDENTIALS_FILE = join(folder, "credentials");
  const init = { ignoreCache: true };
  const { configFile } = await loadSharedConfigFiles(init);
  const services = Object.entries(configFile).filter(([name]) => name.startsWith("services."));
  return {
    refused: null,
    profiles: sections(await parseKnownFiles(init)),
    sso_sessions: sections(await loadSsoSessionData(init)),
    services: sections(plain(services.map(([name, keys]) => [name.slice("services.".length), keys]))),
  };
};

const folder = process.argv[2];
const all = {};
for (const name of readdirSync(folder)) {
  all[name] = await reading(join(folder, name));
}
process.stdout.write(JSON.stringify(all));
