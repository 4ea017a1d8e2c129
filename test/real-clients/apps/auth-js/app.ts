import { variable } from "../environment.ts";
import { authJsPortal } from "./portal.ts";

const portal = authJsPortal({
  issuer: variable("MFA_HARNESS_OIDC_ISSUER"),
  clientId: variable("CLIENT_ID"),
  clientSecret: variable("CLIENT_SECRET"),
});
portal.listen(Number(variable("PORT")), "127.0.0.1");
