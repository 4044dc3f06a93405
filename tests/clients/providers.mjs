// Prints what the AWS SDK for JavaScript takes the credentials of the profile p from, for each FOLDER/NAME, as one JSON
// object by NAME. Nothing is called: roles are assumed by functions of our own, and there are no tokens.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fromIni } from "@aws-sdk/credential-providers";

const keys = (accessKeyId) => async () => ({ accessKeyId, secretAccessKey: "DUMMY" });

const provider = async (folder) => {
  // Not as options: the provider for SSO reads the files again, by these names.
  process.env.AWS_CONFIG_FILE = join(folder, "config");
  process.env.AWS_SHARED_CREDENTIALS_FILE = join(folder, "credentials");
  const options = {
    profile: "p",
    ignoreCache: true,
    roleAssumer: keys("role"),
    roleAssumerWithWebIdentity: keys("web-identity"),
  };
  try {
    return (await fromIni(options)()).accessKeyId;
  } catch (error) {
    if (/SSO/.test(error.message)) return "sso";
    if (/login/i.test(error.message)) return "login";
    if (/Could not resolve credentials using profile/.test(error.message)) return null;
    return error.message;
  }
};

const folder = process.argv[2];
const all = {};
for (const name of readdirSync(folder)) all[name] = await provider(join(folder, name));
process.stdout.write(JSON.stringify(all));
