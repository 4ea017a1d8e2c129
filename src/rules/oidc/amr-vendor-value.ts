import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { FOREIGN_TO_OIDC } from "../../vocabulary/amr-vendor.ts";
import { refuseValues } from "../token/amr.ts";

/** `amr` holds a word of one product, or one that only Entra defines, which no registry explains. */
export const amrVendorValue: Rule<Token> = {
  id: "oidc.amr.vendor-value",
  severity: "advisory",
  title: "amr holds words of a product",
  requirements: ["F-11"],
  reference: "RFC 8176 §6.1, IANA AMR registry, Entra: access tokens",
  remedy:
    "Map the names of the product to registered values: otp, sms, hwk, and mfa when two factors were used.",
  about: "evidence",
  check: refuseValues(FOREIGN_TO_OIDC),
};
