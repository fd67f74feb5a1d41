"use client";
import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { Field } from "@/components/form/field";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { PASSWORD_MAX, PASSWORD_MIN, passwordFault, passwordStrength } from "@/lib/people/password-rule";

interface PasswordFieldProps {
  name: string;
  label: string;
  /** A new password shows how strong it is; the current one does not. */
  purpose: "current" | "new";
  /** Words that a new password must not lean on: name, e-mail. */
  about?: readonly string[];
  inputClassName?: string;
}

const STRENGTH = ["", "Too weak", "Fair", "Good", "Strong"];
const STRENGTH_MARKS = ["", "bg-deny", "bg-escalate", "bg-allow", "bg-allow"];

/** A password, hidden until asked to show. */
export function PasswordField({ name, label, purpose, about = [], inputClassName }: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  const [value, setValue] = useState("");
  const strength = purpose === "new" ? passwordStrength(value, about) : 0;
  const hint =
    value === ""
      ? `At least ${PASSWORD_MIN} characters. A few unrelated words do well.`
      : (passwordFault(value, about) ?? STRENGTH[strength]);
  return (
    <Field
      required
      name={name}
      label={label}
      hint={
        purpose === "new" ? (
          <span className="flex flex-col gap-1.5">
            <span aria-hidden className="flex gap-1">
              {[1, 2, 3, 4].map((step) => (
                <span
                  key={step}
                  className={cn(
                    "h-1 flex-1 rounded-full bg-surface-3 transition-colors",
                    step <= strength && STRENGTH_MARKS[strength],
                  )}
                />
              ))}
            </span>
            {hint}
          </span>
        ) : undefined
      }
    >
      {(control) => (
        <div className="relative">
          <Input
            {...control}
            type={shown ? "text" : "password"}
            autoComplete={purpose === "new" ? "new-password" : "current-password"}
            maxLength={PASSWORD_MAX}
            spellCheck={false}
            autoCapitalize="off"
            onChange={(event) => setValue(event.target.value)}
            className={cn("pr-10", inputClassName)}
          />
          <button
            type="button"
            aria-label={shown ? "Hide the password" : "Show the password"}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-0 right-0 grid w-9 place-items-center rounded-r-md text-muted hover:text-foreground"
          >
            {shown ? <EyeOff aria-hidden className="size-4" /> : <Eye aria-hidden className="size-4" />}
          </button>
        </div>
      )}
    </Field>
  );
}
