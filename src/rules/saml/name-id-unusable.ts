import type { SamlResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { NAME_ID } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";
import { MAX_IMMUTABLE_ID } from "../../vocabulary/saml-entra.ts";
import { isForEntra } from "./for-entra.ts";

const UNSAFE = /[\s+&<>"']/;

/** The NameID cannot equal an ImmutableID as Entra stores it. */
export const nameIdUnusable: Rule<SamlResponse> = {
  id: "saml.name-id.unusable",
  severity: "warning",
  title: "NameID cannot be an ImmutableID",
  requirements: ["F-58"],
  reference: "Entra: SAML 2.0 identity provider for single sign-on",
  remedy: "Send the ImmutableID: at most 64 characters, those unsafe in HTML encoded, e.g. + as .2B.",
  about: "message",
  check({ assertion }, policy) {
    if (assertion?.nameId === undefined || !isForEntra(policy)) return undefined;
    const { value } = assertion.nameId;
    if (value !== "" && value.length <= MAX_IMMUTABLE_ID && !UNSAFE.test(value)) return [];
    const wanted = `it must have 1 to ${MAX_IMMUTABLE_ID} characters, none of them unsafe in HTML`;
    return [{ at: NAME_ID, message: `the NameID is ${quote(value)}; ${wanted}` }];
  },
};
