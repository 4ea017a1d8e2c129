import { variable } from "../environment.ts";
import { untilStopped } from "../until-stopped.ts";
import { startModAuthOpenidc } from "./portal.ts";

untilStopped(
  await startModAuthOpenidc({
    port: Number(variable("PORT")),
    issuer: variable("MFA_HARNESS_OIDC_ISSUER"),
    clientId: "portal",
    clientSecret: variable("CLIENT_SECRET"),
  }),
);
