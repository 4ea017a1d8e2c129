import { z } from "zod";
import { HarnessError } from "../../errors.ts";
import { type RawText, textOfRaw } from "../json-text.ts";
import type { SamlMetadataModel } from "../model.ts";
import { patched } from "../patch.ts";
import type { Patch } from "../patch-schema.ts";
import { METADATA_NAMESPACE, PROTOCOL_NAMESPACE, SIGNATURE_NAMESPACE } from "./names.ts";
import { dateTime, element, type Text, textElement } from "../xml/xml.ts";

const raw = z.custom<RawText>((value) => textOfRaw(value) !== undefined);
const text = z.union([z.string(), raw], "expected a string");
const endpoints = z.array(z.strictObject({ binding: text.optional(), location: text.optional() })).optional();

const metadataSchema = z.strictObject({
  entityId: text.optional(),
  validUntil: z.union([z.number(), text], "expected seconds since the epoch or a string").optional(),
  wantAuthnRequestsSigned: text.optional(),
  certificates: z.array(text).optional(),
  nameIdFormats: z.array(text).optional(),
  singleSignOn: endpoints,
  singleLogout: endpoints,
});

function checked(model: SamlMetadataModel | undefined): SamlMetadataModel {
  const result = metadataSchema.safeParse(model);
  if (model !== undefined && result.success) return model;
  const problems = result.error?.issues.map(({ path, message }) => `/${path.join("/")}: ${message}`);
  throw new HarnessError(
    "ERR_SCENARIO_INVALID",
    `After the patches this is no SAML metadata: ${problems?.join("; ")}`,
    "Patch only members that the metadata has, with a string, a time or a list as it stands there.",
  );
}

function keyDescriptor(certificate: Text): string {
  return element("KeyDescriptor", { use: "signing" }, [
    element("ds:KeyInfo", { "xmlns:ds": SIGNATURE_NAMESPACE }, [
      element("ds:X509Data", {}, [textElement("ds:X509Certificate", certificate)]),
    ]),
  ]);
}

function services(name: string, places: SamlMetadataModel["singleSignOn"]): readonly string[] {
  return (places ?? []).map(({ binding, location }) =>
    element(name, { Binding: binding, Location: location }),
  );
}

/**
 * Writes the metadata of the IdP as an emission patches it, elements in the order of the schema.
 *
 * @throws HarnessError when a patch does not fit
 * @see SAML metadata §2.4.3
 */
export function emitSamlMetadata(baseline: SamlMetadataModel, patches: readonly Patch[]): string {
  const model = checked(patched("samlMetadata", baseline, patches));
  const role = {
    WantAuthnRequestsSigned: model.wantAuthnRequestsSigned,
    protocolSupportEnumeration: PROTOCOL_NAMESPACE,
  };
  const attributes = {
    xmlns: METADATA_NAMESPACE,
    entityID: model.entityId,
    validUntil: dateTime(model.validUntil),
  };
  return element("EntityDescriptor", attributes, [
    element("IDPSSODescriptor", role, [
      ...(model.certificates ?? []).map(keyDescriptor),
      ...services("SingleLogoutService", model.singleLogout),
      ...(model.nameIdFormats ?? []).map((format) => textElement("NameIDFormat", format)),
      ...services("SingleSignOnService", model.singleSignOn),
    ]),
  ]);
}
