import { z } from "zod";

import { passwordFault, PASSWORD_MAX } from "@/lib/people/password-rule";

/** An e-mail as a sign-in name: trimmed, lower case. */
export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "Use a shorter e-mail address.")
  .pipe(z.email("Enter an e-mail address."));

export const nameSchema = z.string().trim().min(1, "Enter a name.").max(120, "Use at most 120 characters.");

/** A new password; what it may not contain of the person is checked beside it. */
const newPasswordSchema = z.string().superRefine((password, context) => {
  const fault = passwordFault(password);
  if (fault) context.addIssue({ code: "custom", message: fault });
});

export const timeZoneSchema = z
  .string()
  .max(64)
  .refine((zone) => isTimeZone(zone), "Choose a time zone.")
  .nullable();

export const signInSchema = z.object({ email: emailSchema, password: z.string().min(1).max(PASSWORD_MAX) });

export const setUpSchema = z
  .object({
    organisation: z
      .string()
      .trim()
      .min(1, "Enter the organisation's name.")
      .max(120, "Use at most 120 characters.")
      .optional(),
    name: nameSchema,
    email: emailSchema,
    password: newPasswordSchema,
  })
  .superRefine((input, context) => {
    const fault = passwordFault(input.password, [input.name, input.email, input.organisation ?? ""]);
    if (fault) context.addIssue({ code: "custom", message: fault, path: ["password"] });
  });
export type SetUpInput = z.output<typeof setUpSchema>;

export const redeemInviteSchema = z.object({ token: z.string().max(200), password: newPasswordSchema });
export const changePasswordSchema = z.object({ current: z.string().min(1).max(PASSWORD_MAX), next: newPasswordSchema });
export const profileSchema = z.object({ name: nameSchema, timeZone: timeZoneSchema });
export const personIdSchema = z.object({ personId: z.string() });

/** Whether this runtime knows the IANA zone. */
function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
