import { HarnessError } from "../errors.ts";
import type { Tamper } from "./tamper-schema.ts";

type TokenParts = readonly [header: string, payload: string, signature: string];

function fail(tamper: Tamper, problem: string): never {
  throw new HarnessError(
    "ERR_SCENARIO_INVALID",
    `tamper ${tamper.op}: ${problem}`,
    "Compare the tamper with the token that the profile and the patches make.",
  );
}

function decode(part: string): string {
  return Buffer.from(part, "base64url").toString("utf8");
}

function encode(text: string): string {
  return Buffer.from(text).toString("base64url");
}

function flipSignature(tamper: Tamper, [header, payload, signature]: TokenParts): TokenParts {
  const bytes = Buffer.from(signature, "base64url");
  if (bytes.length === 0) fail(tamper, "there is no signature left to change");
  bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
  return [header, payload, bytes.toString("base64url")];
}

function stripSignature([header, payload]: TokenParts): TokenParts {
  const parsed: unknown = JSON.parse(decode(header));
  const members = typeof parsed === "object" && parsed !== null ? parsed : {};
  return [encode(JSON.stringify({ ...members, alg: "none" })), payload, ""];
}

function replaceText(
  tamper: Extract<Tamper, { op: "replace-text" }>,
  [header, payload, signature]: TokenParts,
): TokenParts {
  const text = decode(payload);
  if (!text.includes(tamper.find))
    fail(tamper, `the payload does not contain ${JSON.stringify(tamper.find)}`);
  return [header, encode(text.replaceAll(tamper.find, () => tamper.replace)), signature];
}

function tamperOnce(parts: TokenParts, tamper: Tamper): TokenParts {
  switch (tamper.op) {
    case "flip-signature":
      return flipSignature(tamper, parts);
    case "strip-signature":
      return stripSignature(parts);
    case "replace-text":
      return replaceText(tamper, parts);
    case "append-segment":
      return [parts[0], parts[1], `${parts[2]}.${tamper.text}`];
    default:
      return fail(tamper, "a token cannot take it");
  }
}

/**
 * Changes a signed token as someone without the key would, one change after the other.
 *
 * @throws HarnessError `ERR_SCENARIO_INVALID` when a change would change nothing
 */
export function tamperToken(jwt: string, tampers: readonly Tamper[]): string {
  const [header = "", payload = "", signature = ""] = jwt.split(".");
  return tampers.reduce(tamperOnce, [header, payload, signature]).join(".");
}
