import type { JsonObject, Token } from "../artifact.ts";

/**
 * A token as a tool shows it, decoded: `{ header, payload }`, or the payload alone.
 *
 * @param header what was seen before it and may be its header
 * @returns undefined when the value is no payload of an artifact
 */
export function decodedToken(value: object, header: JsonObject | undefined): Token | undefined {
  if (!isObject(value)) return undefined;
  const inner = value["payload"] ?? value["claims"];
  if (isObject(inner) && isHeader(value["header"]) && isPayload(inner)) {
    return { header: value["header"], claims: inner };
  }
  return isPayload(value) ? { header: header ?? {}, claims: value } : undefined;
}

/** Whether an object is the header of a token. */
export function isHeader(value: unknown): value is JsonObject {
  return isObject(value) && typeof value["alg"] === "string" && !isPayload(value);
}

/**
 * Whether an object is the payload of a token that says who signed in: an issuer, and two more of what each token has
 * (RFC 7519 §4.1). Not that of an introspection (`active`, RFC 7662 §2.2), of an event (`events`, RFC 8417 §2.2), nor a
 * client's assertion about itself (RFC 7523 §3).
 */
function isPayload(value: JsonObject): boolean {
  const { iss, sub, aud, exp, iat } = value;
  if (typeof iss !== "string" || iss === sub) return false;
  if (Object.hasOwn(value, "active") || Object.hasOwn(value, "events")) return false;
  const usual = [
    typeof sub === "string",
    typeof aud === "string" || Array.isArray(aud),
    typeof exp === "number",
    typeof iat === "number",
  ];
  return usual.filter(Boolean).length >= 2;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
