-- CreateTable
CREATE TABLE "inbox_view" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "inbox_view_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "inbox_view_person_id_name_key" ON "inbox_view"("person_id", "name");

-- AddForeignKey
ALTER TABLE "inbox_view" ADD CONSTRAINT "inbox_view_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ── The queue in its order: however much is decided, a page of what waits is read from its place ─
CREATE INDEX "approval_waiting" ON "approval"("risk" DESC, "deadline", "requested_at", "id") WHERE "state" = 'pending';

GRANT SELECT, INSERT, UPDATE, DELETE ON "inbox_view" TO "remit_runtime";
