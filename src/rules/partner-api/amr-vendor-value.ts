import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { ENTRA_WORDS } from "../../vocabulary/amr-vendor.ts";
import { refuseUnregistered } from "../token/amr.ts";
import { whereAmrCounts } from "./carries-amr.ts";

/** `amr` holds a value that is neither registered nor documented by Entra. */
export const amrVendorValue: Rule<Token> = {
  id: "partner-api.amr.vendor-value",
  severity: "advisory",
  title: "amr holds values outside the registry",
  requirements: ["F-11"],
  reference: "RFC 8176 §6.1, IANA AMR registry, Entra: access tokens",
  remedy:
    "Map what the product writes to registered values, such as otp, sms or hwk; add mfa only when two factors were used.",
  about: "evidence",
  check: whereAmrCounts(refuseUnregistered(...ENTRA_WORDS)),
};
