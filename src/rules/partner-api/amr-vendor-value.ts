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
    "Judge the token as Entra issued it; a mock has to write the values that Entra writes, such as pwd, otp and mfa.",
  about: "evidence",
  check: whereAmrCounts(refuseUnregistered(...ENTRA_WORDS)),
};
