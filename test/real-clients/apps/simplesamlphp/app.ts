import { idpMetadata, variable } from "../environment.ts";
import { untilStopped } from "../until-stopped.ts";
import { startSimpleSamlPortal } from "./portal.ts";

untilStopped(
  await startSimpleSamlPortal({
    port: Number(variable("PORT")),
    idpEntityId: variable("MFA_HARNESS_SAML_METADATA"),
    idpMetadata: await idpMetadata(),
  }),
);
