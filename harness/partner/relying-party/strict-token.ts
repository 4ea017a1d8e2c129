import { assertUnambiguousJson } from "./strict-json.ts";

/** A byte order mark is kept, so that the parser refuses it. */
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** RFC 7515 §2: one spelling only, without padding, white space or bits that belong to no byte. */
function decode(segment: string): Buffer {
  const bytes = Buffer.from(segment, "base64url");
  if (bytes.toString("base64url") !== segment) throw new Error("a segment of the token is not base64url");
  return bytes;
}

function membersOf(segment: Buffer): Readonly<Record<string, unknown>> {
  const json = decoder.decode(segment);
  assertUnambiguousJson(json);
  const value: unknown = JSON.parse(json);
  if (typeof value !== "object" || value === null) throw new Error("a segment of the token is no object");
  return { ...value };
}

function typeOf(value: unknown): string {
  return typeof value === "string" ? value.toLowerCase().replace(/^application\//, "") : "none";
}

/** RFC 8725 §3.11: tokens of one issuer do not stand in for each other. */
function checkKind(
  header: Readonly<Record<string, unknown>>,
  claims: Readonly<Record<string, unknown>>,
  types: readonly string[],
): void {
  const { typ, cty } = header;
  if (typ !== undefined && !types.includes(typeOf(typ))) throw new Error("the token is of another type");
  if (typeOf(cty) === "jwt") throw new Error("the token says that it holds another token");
  if ("events" in claims) throw new Error("the token tells of an event");
}

/**
 * Refuses what the library lets pass though two readers may differ on it: another spelling of a segment, what is no
 * UTF-8, a member that is named twice, a token of another kind, an `exp` without end, a `sub` that is empty.
 *
 * The signature is not looked at here.
 *
 * @param types the values of `typ` that are right, in lower case
 * @throws Error with the reason
 */
export function assertStrictToken(jwt: string, types: readonly string[]): void {
  const [header, claims, signature, ...more] = jwt.split(".");
  if (header === undefined || claims === undefined || signature === undefined || more.length > 0) {
    throw new Error("the token is no compact JWS");
  }
  decode(signature);
  const said = membersOf(decode(claims));
  checkKind(membersOf(decode(header)), said, types);
  const { exp, sub } = said;
  if (exp !== undefined && !Number.isFinite(exp)) throw new Error("exp is no time");
  if (sub === "") throw new Error("sub is empty");
}
