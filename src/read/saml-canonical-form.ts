import {
  ENVELOPED_SIGNATURE,
  EXCLUSIVE_C14N,
  EXCLUSIVE_C14N_WITH_COMMENTS,
  INCLUSIVE_C14N,
  INCLUSIVE_C14N_11,
  INCLUSIVE_C14N_11_WITH_COMMENTS,
  INCLUSIVE_C14N_WITH_COMMENTS,
} from "../vocabulary/saml-algorithms.ts";
import { algorithmOf, broken, childrenNamed } from "./saml-signature-elements.ts";
import type { CanonicalForm } from "./xml-canonical.ts";
import { attributeOf, displayName, elementsOf, isNamed, type XmlElement } from "./xml-element.ts";

/** Each prefix is looked up at each element, so a long list would cost more than the message is worth. */
const MAX_INCLUSIVE_PREFIXES = 64;

function inclusivePrefixes(method: XmlElement): readonly string[] {
  const [list, second] = elementsOf(method);
  if (list === undefined) return [];
  if (second !== undefined || !isNamed(list, EXCLUSIVE_C14N, "InclusiveNamespaces")) {
    throw broken(method, `${displayName(method)} may hold one InclusiveNamespaces and nothing else`);
  }
  const prefixes = (attributeOf(list, "PrefixList") ?? "").split(/[ \t\r\n]+/).filter((each) => each !== "");
  if (prefixes.length > MAX_INCLUSIVE_PREFIXES) throw broken(list, "the PrefixList is too long");
  return prefixes.map((prefix) => (prefix === "#default" ? "" : prefix));
}

/** What each identifier of a canonicalisation stands for; any other is refused. */
const FORMS: ReadonlyMap<string, Omit<CanonicalForm, "inclusivePrefixes">> = new Map<
  string,
  Omit<CanonicalForm, "inclusivePrefixes">
>([
  [EXCLUSIVE_C14N, { method: "exclusive", comments: false }],
  [EXCLUSIVE_C14N_WITH_COMMENTS, { method: "exclusive", comments: true }],
  [INCLUSIVE_C14N, { method: "inclusive-1.0", comments: false }],
  [INCLUSIVE_C14N_WITH_COMMENTS, { method: "inclusive-1.0", comments: true }],
  [INCLUSIVE_C14N_11, { method: "inclusive-1.1", comments: false }],
  [INCLUSIVE_C14N_11_WITH_COMMENTS, { method: "inclusive-1.1", comments: true }],
]);

/** What is digested where no transform says how (XML Signature §4.4.3.2). */
const IMPLIED: CanonicalForm = { method: "inclusive-1.0", comments: false, inclusivePrefixes: [] };

/** xml-crypto writes an InclusiveNamespaces of its own where it means nothing, too; nothing else may stand there. */
function onlyPrefixes(method: XmlElement): void {
  if (elementsOf(method).every(({ local }) => local === "InclusiveNamespaces")) return;
  throw broken(method, `${displayName(method)} "${algorithmOf(method)}" has parameters; none are allowed`);
}

/** How something is to be canonicalised, as a CanonicalizationMethod or a Transform says. */
export function canonicalForm(method: XmlElement): CanonicalForm {
  const algorithm = algorithmOf(method);
  const form = FORMS.get(algorithm);
  if (form === undefined) {
    const message = `${displayName(method)} is "${algorithm}"; it must be exclusive canonicalisation`;
    throw broken(method, message);
  }
  if (form.method === "exclusive") return { ...form, inclusivePrefixes: inclusivePrefixes(method) };
  onlyPrefixes(method);
  return { ...form, inclusivePrefixes: [] };
}

/** How the signed element is canonicalised: transforms enveloped-signature, then a canonicalisation or none. */
export function contentForm(transforms: XmlElement): CanonicalForm {
  // SAML core §5.4.4 leaves the second one open: there may be enveloped-signature alone.
  const named = elementsOf(transforms).length === 1 ? ["Transform"] : ["Transform", "Transform"];
  const [enveloped, canonical] = childrenNamed(transforms, named);
  if (enveloped === undefined || algorithmOf(enveloped) !== ENVELOPED_SIGNATURE) {
    throw broken(transforms, "the first transform must be enveloped-signature, the second exclusive c14n");
  }
  onlyPrefixes(enveloped);
  if (canonical === undefined) return IMPLIED;
  // XML Signature §4.4.3.3: what a reference like "#id" yields has no comments, whatever comes after.
  return { ...canonicalForm(canonical), comments: false };
}
