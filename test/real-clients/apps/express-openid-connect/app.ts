import { variable } from "../environment.ts";
import { expressOpenidConnectPortal } from "./portal.ts";

const port = Number(variable("PORT"));
const portal = expressOpenidConnectPortal({
  issuer: variable("MFA_HARNESS_OIDC_ISSUER"),
  origin: `http://127.0.0.1:${port}`,
  clientId: variable("CLIENT_ID"),
  clientSecret: process.env["CLIENT_SECRET"],
});
portal.listen(port, "127.0.0.1");
