"use client";
import { useState } from "react";

import { TextField } from "@/components/form/fields";
import { slugFrom } from "@/lib/kernel/slug";

interface NameAndSlugProps {
  /** An example of a name. */
  placeholder: string;
  hint?: string;
}

/** A name and the slug that follows from it until somebody writes another: it is for good. */
export function NameAndSlug({ placeholder, hint }: NameAndSlugProps) {
  const [name, setName] = useState("");
  const [slug, setSlug] = useState<string | null>(null);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        name="name"
        label="Name"
        required
        maxLength={120}
        autoComplete="off"
        placeholder={placeholder}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <TextField
        name="slug"
        label="Slug"
        required
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        hint={hint ?? "How manifests and addresses name it. It stays."}
        value={slug ?? slugFrom(name)}
        onChange={(event) => setSlug(event.target.value)}
      />
    </div>
  );
}
