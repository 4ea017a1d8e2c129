import { AUTH_JS_REMARKS } from "./remarks/auth-js.ts";
import { EXPRESS_CODE_REMARKS, EXPRESS_REMARKS } from "./remarks/express-openid-connect.ts";
import { MELLON_REMARKS } from "./remarks/mod-auth-mellon.ts";
import { OPENIDC_REMARKS } from "./remarks/mod-auth-openidc.ts";
import { PASSPORT_REMARKS } from "./remarks/passport-saml.ts";
import type { Remark } from "./remarks/remark.ts";
import { SHIBBOLETH_REMARKS } from "./remarks/shibboleth.ts";
import { SIMPLESAMLPHP_REMARKS } from "./remarks/simplesamlphp.ts";

/** Remarks by app; a scenario without one is what it looks like. */
export const REMARKS: Readonly<Record<string, readonly Remark[]>> = {
  "express-openid-connect": EXPRESS_REMARKS,
  "express-openid-connect-code": EXPRESS_CODE_REMARKS,
  "auth-js": AUTH_JS_REMARKS,
  "mod-auth-openidc": OPENIDC_REMARKS,
  "passport-saml": PASSPORT_REMARKS,
  "mod-auth-mellon": MELLON_REMARKS,
  shibboleth: SHIBBOLETH_REMARKS,
  simplesamlphp: SIMPLESAMLPHP_REMARKS,
};
