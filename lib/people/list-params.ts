/** What a person's account is: invited people have not set a password yet. */
export const PERSON_STATES = ["active", "invited", "disabled"] as const;
export type PersonState = (typeof PERSON_STATES)[number];

export const PERSON_SORTS = ["name", "lastSignInAt", "createdAt"] as const;
export type PersonSort = (typeof PERSON_SORTS)[number];

export const personState = (person: { status: "active" | "disabled"; passwordHash: string | null }): PersonState =>
  person.status === "disabled" ? "disabled" : person.passwordHash === null ? "invited" : "active";
