/** Kinds of factor that an external authentication method can check. */
export type EamFactorKind = "inherence" | "possession";

/** Every method that Entra takes from an external provider, with its kind (Entra's EAM provider reference). */
export const EAM_METHODS: Readonly<Record<string, EamFactorKind>> = {
  face: "inherence",
  fido: "possession",
  fpt: "inherence",
  hwk: "possession",
  iris: "inherence",
  otp: "possession",
  pop: "possession",
  retina: "inherence",
  sc: "possession",
  sms: "possession",
  swk: "possession",
  tel: "possession",
  vbm: "inherence",
};

/** Kinds of factor that answer each `acr` Entra asks for; no method is of the kind knowledge (Entra's EAM provider reference). */
export const EAM_CLASSES: Readonly<Record<string, readonly EamFactorKind[]>> = {
  possessionorinherence: ["possession", "inherence"],
  knowledgeorpossession: ["possession"],
  knowledgeorinherence: ["inherence"],
  knowledgeorpossessionorinherence: ["possession", "inherence"],
  possession: ["possession"],
  inherence: ["inherence"],
  knowledge: [],
};
