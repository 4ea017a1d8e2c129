import { expect, test } from "vitest";
import { nextMfaStep } from "../../../harness/entra/mfa-behavior.ts";

// Microsoft Graph: internalDomainFederation.
test.each([
  ["acceptIfMfaDoneByFederatedIdp", { showsMfa: true, demanded: false }, "done"],
  ["acceptIfMfaDoneByFederatedIdp", { showsMfa: false, demanded: false }, "own"],
  ["enforceMfaByFederatedIdp", { showsMfa: true, demanded: false }, "done"],
  ["enforceMfaByFederatedIdp", { showsMfa: false, demanded: false }, "ask-idp"],
  ["enforceMfaByFederatedIdp", { showsMfa: false, demanded: true }, "failed"],
  ["enforceMfaByFederatedIdp", { showsMfa: true, demanded: true }, "done"],
  ["rejectMfaByFederatedIdp", { showsMfa: true, demanded: false }, "own"],
  ["rejectMfaByFederatedIdp", { showsMfa: false, demanded: false }, "own"],
] as const)("%s %j → %s", (behavior, state, step) => {
  expect(nextMfaStep(behavior, state)).toBe(step);
});
