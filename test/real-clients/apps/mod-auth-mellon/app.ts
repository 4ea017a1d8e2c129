import { partnerKey } from "../../../harness/idp/saml/partner.ts";
import { idpMetadata, variable } from "../environment.ts";
import { untilStopped } from "../until-stopped.ts";
import { mellonMetadata, MFA_CLASS_DEMANDED, startMellon } from "./portal.ts";

const port = Number(variable("PORT"));
const key = partnerKey();
untilStopped(
  await startMellon({
    port,
    key,
    metadata: mellonMetadata(`http://127.0.0.1:${port}`, key),
    idpMetadata: await idpMetadata(),
    more: MFA_CLASS_DEMANDED,
  }),
);
