import { z } from "zod";
export const settingsSchema = z.object({});
export type Settings = z.infer<typeof settingsSchema>;
