import { soak } from "../scripts/soak/measure.ts";
import type { Measured } from "./goal.ts";

const SIGN_INS = 10_000;

function megabytes(bytes: number): string {
  return (bytes / 1_048_576).toFixed(0);
}

/** Goal 11: what the mock IdP keeps of many sign-ins, half OIDC and half SAML, each with a fresh session. */
export async function measureSoak(): Promise<readonly Measured[]> {
  const { halfWay, end, seconds } = await soak(SIGN_INS);
  return [
    {
      goal: `11 memory after ${SIGN_INS} sign-ins through the mock IdP`,
      peer: "half-way",
      ratio: end.used / halfWay.used,
      must: { bar: 1.15, better: "less" },
      figures: `${megabytes(end.used)} MB against ${megabytes(halfWay.used)} MB in use, ${Math.round(SIGN_INS / seconds)}/s`,
    },
  ];
}
