import type { MfaAttribute, MfaReading } from "../../policy.ts";
import { quote } from "../../quote.ts";

/** What a protocol calls the places where MFA may stand. */
export interface Places {
  /** That of the class, e.g. `AuthnContextClassRef`. */
  readonly classRef: string;
  /** What tells attributes of one name apart, e.g. `NameFormat`; absent where nothing does. */
  readonly attributeFormat?: string;
}

/** What to change so that the reader sees MFA: its own places and values, and nobody else's. */
export function sendWhereRead({ classRefs, attributes, attributeValues }: MfaReading, names: Places): string {
  const named = byFormats(attributes)
    .map((group) => attributeText(group, names))
    .join(" or ");
  const places = [
    ...(classRefs.length === 0 ? [] : [`${oneOf(classRefs)} in ${names.classRef}`]),
    ...(named === "" ? [] : [`${oneOf(attributeValues)} in the attribute ${named}`]),
  ];
  if (places.length === 0)
    return "Send another kind of message: in this kind the reader looks nowhere for MFA.";
  return `Whenever MFA was done, send what this reader looks for: ${places.join(", or ")}.`;
}

/** Attributes of the same formats, told together. */
function byFormats(attributes: readonly MfaAttribute[]): readonly (readonly MfaAttribute[])[] {
  const groups = new Map<string, readonly MfaAttribute[]>();
  for (const attribute of attributes) {
    const formats = JSON.stringify(attribute.nameFormats);
    groups.set(formats, [...(groups.get(formats) ?? []), attribute]);
  }
  return [...groups.values()];
}

/** The name alone is not the place: the same attribute in another format is another one. */
function attributeText(group: readonly MfaAttribute[], { attributeFormat }: Places): string {
  const names = oneOf(group.map(({ name }) => name));
  const formats = group[0]?.nameFormats.map((format) => (format === null ? "none" : quote(format))) ?? [];
  if (attributeFormat === undefined || formats.length === 0) return names;
  return `${names} (${attributeFormat} ${formats.join(" or ")})`;
}

function oneOf(values: readonly string[]): string {
  return values.map(quote).join(" or ");
}
