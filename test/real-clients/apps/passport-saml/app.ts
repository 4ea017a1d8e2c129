import { variable } from "../environment.ts";
import { passportSamlPortal } from "./portal.ts";

const port = Number(variable("PORT"));
const portal = passportSamlPortal({
  origin: `http://127.0.0.1:${port}`,
  signOnUrl: `${variable("MFA_HARNESS_IDP")}/saml/sso`,
  idpEntityId: variable("MFA_HARNESS_SAML_METADATA"),
  idpCertificate: variable("MFA_HARNESS_SAML_CERTIFICATE"),
});
portal.listen(port, "127.0.0.1");
