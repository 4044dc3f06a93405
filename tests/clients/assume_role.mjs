// Assumes a role with the profile's credentials, as any program on the SDK for JavaScript does, and prints the account
// that it is in, or in a line why it could not.
import { fromNodeProviderChain } from "@aws-sdk/credential-providers";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/nested-clients/sts";

const sts = new STSClient({ region: "us-east-1", credentials: fromNodeProviderChain() });
const role = { RoleArn: "arn:aws:iam::444455556666:role/deploy", RoleSessionName: "me" };
try {
  const { AssumedRoleUser } = await sts.send(new AssumeRoleCommand(role));
  console.log(AssumedRoleUser.Arn.split(":")[4]);
} catch (error) {
  console.log(`${error.name}: ${error.message}`);
}
