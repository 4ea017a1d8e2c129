import { AMR_REGISTRY } from "./amr-registry.ts";
import { VENDOR_WORDS } from "./amr-vendor.ts";
import { isExpressionText } from "./expression-text.ts";
import type { FactorKind } from "./factor-kind.ts";
import { METHOD_URIS } from "./method-uris.ts";

/** The plain spelling under which the words of products are listed. */
function plain(value: string): string {
  return value
    .trim()
    .toLowerCase()
    .replace(/[\s_/.:]+/g, "-");
}

/** The kind of factor that a word for a method stands for, registered or of a product; undefined where nobody can tell. */
export function factorKindOf(value: string): FactorKind | undefined {
  const registered = AMR_REGISTRY.get(value);
  if (registered !== undefined) return registered ?? undefined;
  return METHOD_URIS.get(value) ?? VENDOR_WORDS.get(plain(value))?.kind;
}

/** What a value says that is not in the registry, in a few words; undefined where nothing is known of it. */
export function meaningOf(value: string): string | undefined {
  if (isExpressionText(value)) return "an expression, sent as text instead of its value";
  if (METHOD_URIS.has(value)) return "a URI of SAML or AD FS";
  const word = plain(value);
  if (AMR_REGISTRY.has(word)) return `not the registered ${word}, which is compared exactly`;
  const vendor = VENDOR_WORDS.get(word);
  if (vendor === undefined) return spelling(value);
  const kind = vendor.kind === undefined ? "" : `: ${vendor.kind}`;
  return `${vendor.means}${kind}; ${vendor.by}`;
}

/** The registered value that says the same as a word; undefined where there is none. */
export function registeredFor(value: string): string | undefined {
  const word = plain(value);
  return AMR_REGISTRY.has(word) ? word : VENDOR_WORDS.get(word)?.registered;
}

/** What is odd about the spelling of a word that nobody knows: what a message shows may look right all the same. */
function spelling(value: string): string | undefined {
  const odd = /[^ -~]/u.exec(value)?.[0]?.codePointAt(0);
  if (odd !== undefined) return `with the character U+${odd.toString(16).toUpperCase().padStart(4, "0")}`;
  const parts = value.split(/[\s,;|]+/);
  return parts.length > 1 && parts.some((part) => AMR_REGISTRY.has(part))
    ? "several words in one element"
    : undefined;
}
