import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { refuseUnregistered } from "../token/amr.ts";

/** `amr` holds a value that is not registered: a word of one product, of Entra alone, or of nobody known. */
export const amrVendorValue: Rule<Token> = {
  id: "oidc.amr.vendor-value",
  severity: "advisory",
  title: "amr holds values outside the registry",
  requirements: ["F-11"],
  reference: "RFC 8176 §6.1, IANA AMR registry, Entra: access tokens",
  remedy:
    "Map what the product writes to registered values, such as otp, sms or hwk; add the value for MFA only when two factors were used.",
  about: "evidence",
  check: refuseUnregistered(),
};
