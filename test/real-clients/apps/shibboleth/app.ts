import { partnerKey } from "../../../harness/idp/saml/partner.ts";
import { idpMetadata, variable } from "../environment.ts";
import { untilStopped } from "../until-stopped.ts";
import { startShibbolethPortal } from "./portal.ts";

untilStopped(
  await startShibbolethPortal({
    port: Number(variable("PORT")),
    key: partnerKey(),
    idpEntityId: variable("MFA_HARNESS_SAML_METADATA"),
    idpMetadata: await idpMetadata(),
  }),
);
