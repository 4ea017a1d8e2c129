import { quote } from "../../quote.ts";
import type { Fault } from "../../rule.ts";
import type { TokenCheck } from "./token-check.ts";

/**
 * Makes a check that a token is not marked as another kind of token. Only a type of its own, `<kind>+jwt`, tells a
 * kind apart; `JWT`, `JOSE` and product names in `typ` say nothing, and it may be missing.
 *
 * @param kinds the explicit types that are right, e.g. `at+jwt`
 * @see RFC 8725 §3.11
 */
export function refuseOtherTypes(...kinds: readonly string[]): TokenCheck {
  return ({ header, claims }) => [
    ...typeFaults(header.typ, kinds),
    ...(isNested(header.cty)
      ? [{ at: "/header/cty", message: "cty says that the content is another JWT" }]
      : []),
    ...(Object.hasOwn(claims, "events")
      ? [{ at: "/claims/events", message: "events is present: this is a security event or logout token" }]
      : []),
  ];
}

function typeFaults(typ: unknown, kinds: readonly string[]): readonly Fault[] {
  if (typ === undefined) return [];
  const kind = mediaType(typ);
  if (kind !== undefined && (!kind.endsWith("+jwt") || kinds.includes(kind))) return [];
  return [
    { at: "/header/typ", message: `typ is ${quote(typ)}; it must be ${["JWT", ...kinds].join(" or ")}` },
  ];
}

function isNested(cty: unknown): boolean {
  return mediaType(cty) === "jwt";
}

/** The media type without its prefix, parameters and case. RFC 7515 §4.1.9. */
function mediaType(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const [type = ""] = value.toLowerCase().split(";");
  return type.trim().replace(/^application\//, "");
}
