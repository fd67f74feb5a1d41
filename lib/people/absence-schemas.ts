import { z } from "zod";

const instant = z.iso.datetime({ offset: true, message: "must be a time" });
const id = z.uuid("must be an id");

export const setAbsenceInput = z.strictObject({
  personId: id,
  startsAt: instant,
  /** Null: until they say that they are back. */
  endsAt: instant.nullable().default(null),
  /** Is asked in their place. */
  delegateId: id.nullable().default(null),
});

export const endAbsenceInput = z.strictObject({ absenceId: id });
