import type { KeyObject } from "node:crypto";
import { HarnessError } from "../../errors.ts";
import { ecdsaForm } from "./ecdsa-signature.ts";
import { respelled } from "./respell.ts";
import type { Tamper } from "../tamper-schema.ts";
import { wrapToken } from "./wrap-token.ts";

/** A token at its dots; further segments, where a tamper made them, stay with the signature. */
interface TokenParts {
  readonly header: string;
  readonly payload: string;
  readonly signature: string;
}

const SEGMENTS = ["header", "payload", "signature"] as const;

function fail(tamper: Tamper, problem: string): never {
  throw new HarnessError(
    "ERR_SCENARIO_INVALID",
    `tamper ${tamper.op}: ${problem}`,
    "Compare the tamper with the token that the profile and the patches make.",
  );
}

function partsOf(jwt: string): TokenParts {
  const [header = "", payload = "", ...rest] = jwt.split(".");
  return { header, payload, signature: rest.join(".") };
}

function joined({ header, payload, signature }: TokenParts): string {
  return [header, payload, signature].join(".");
}

function decode(part: string): string {
  return Buffer.from(part, "base64url").toString("utf8");
}

function encode(text: string): string {
  return Buffer.from(text).toString("base64url");
}

function flipSignature(tamper: Tamper, { signature }: TokenParts): string {
  const bytes = Buffer.from(signature, "base64url");
  if (bytes.length === 0) fail(tamper, "there is no signature left to change");
  bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
  return bytes.toString("base64url");
}

function headerWith({ header }: TokenParts, name: string, value: unknown): string {
  const parsed: unknown = JSON.parse(decode(header));
  const members = typeof parsed === "object" && parsed !== null ? parsed : {};
  return encode(JSON.stringify({ ...members, [name]: value }));
}

function replacedPayload(tamper: Extract<Tamper, { op: "replace-text" }>, { payload }: TokenParts): string {
  const text = decode(payload);
  if (!text.includes(tamper.find))
    fail(tamper, `the payload does not contain ${JSON.stringify(tamper.find)}`);
  return encode(text.replaceAll(tamper.find, () => tamper.replace));
}

function ecdsaSignature(
  tamper: Extract<Tamper, { op: "ecdsa-signature" }>,
  { signature }: TokenParts,
): string {
  const changed = ecdsaForm(Buffer.from(signature, "base64url"), tamper.form);
  return (
    changed?.toString("base64url") ?? fail(tamper, "the signature is not one of ES256; sign with key ec")
  );
}

function jsonSerialization(form: "flattened" | "general", parts: TokenParts): string {
  const { header, payload, signature } = parts;
  const signed = { protected: header, signature };
  return JSON.stringify(form === "general" ? { payload, signatures: [signed] } : { payload, ...signed });
}

/** Changes that keep the three segments, segment by segment. */
function changedParts(tamper: Tamper, parts: TokenParts): TokenParts {
  switch (tamper.op) {
    case "flip-signature":
      return { ...parts, signature: flipSignature(tamper, parts) };
    case "strip-signature":
      return { ...parts, header: headerWith(parts, "alg", "none"), signature: "" };
    case "replace-text":
      return { ...parts, payload: replacedPayload(tamper, parts) };
    case "set-header":
      return { ...parts, header: headerWith(parts, tamper.name, tamper.value) };
    case "set-segment":
      return { ...parts, [tamper.segment]: tamper.text };
    case "respell-segment":
      return { ...parts, [tamper.segment]: respelled(parts[tamper.segment], tamper.spelling) };
    case "swap-segments": {
      const [one, other] = tamper.segments;
      return { ...parts, [one]: parts[other], [other]: parts[one] };
    }
    case "ecdsa-signature":
      return { ...parts, signature: ecdsaSignature(tamper, parts) };
    default:
      return fail(tamper, "a token cannot take it");
  }
}

function tamperOnce(jwt: string, tamper: Tamper, recipient: KeyObject): string {
  const parts = partsOf(jwt);
  switch (tamper.op) {
    case "append-segment":
      return `${jwt}.${tamper.text}`;
    case "surround-token":
      return `${tamper.before}${jwt}${tamper.after}`;
    case "drop-segment":
      return SEGMENTS.filter((name) => name !== tamper.segment)
        .map((name) => parts[name])
        .join(".");
    case "json-serialization":
      return jsonSerialization(tamper.form, parts);
    case "encrypt":
      return wrapToken(jwt, tamper, recipient);
    default:
      return joined(changedParts(tamper, parts));
  }
}

/**
 * Changes a signed token as someone without the key would, one change after the other.
 *
 * @param recipient public RSA key that `encrypt` wraps the token for
 * @throws HarnessError `ERR_SCENARIO_INVALID` when a change would change nothing
 */
export function tamperToken(jwt: string, tampers: readonly Tamper[], recipient: KeyObject): string {
  return tampers.reduce((token, tamper) => {
    const changed = tamperOnce(token, tamper, recipient);
    return changed === token ? fail(tamper, "it changes nothing in this token") : changed;
  }, jwt);
}
