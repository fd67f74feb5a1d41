-- CreateEnum
CREATE TYPE "webhook_kind" AS ENUM ('chat', 'signed');

-- CreateEnum
CREATE TYPE "delivery_channel" AS ENUM ('email', 'chat', 'webhook');

-- CreateEnum
CREATE TYPE "delivery_state" AS ENUM ('waiting', 'sent', 'dead', 'dropped');

-- CreateTable
CREATE TABLE "notice" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "urgent" BOOLEAN NOT NULL,
    "key" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "link" TEXT NOT NULL,
    "params" JSONB NOT NULL,
    "node_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "planned_at" TIMESTAMPTZ(3),

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification" (
    "id" UUID NOT NULL,
    "notice_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "shown" BOOLEAN NOT NULL DEFAULT false,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification_choice" (
    "person_id" UUID NOT NULL,
    "choices" JSONB NOT NULL,
    "quiet_from" INTEGER,
    "quiet_to" INTEGER,
    "digest_at" INTEGER NOT NULL DEFAULT 480,
    "secondary_id" UUID,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notification_choice_pkey" PRIMARY KEY ("person_id")
);

-- CreateTable
CREATE TABLE "approval_notice" (
    "approval_id" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3),
    "reminded_at" TIMESTAMPTZ(3),
    "paged_at" TIMESTAMPTZ(3),
    "told_ids" UUID[],
    "next_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "approval_notice_pkey" PRIMARY KEY ("approval_id")
);

-- CreateTable
CREATE TABLE "webhook" (
    "id" UUID NOT NULL,
    "kind" "webhook_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "person_id" UUID,
    "node_id" UUID,
    "sealed_url" BYTEA NOT NULL,
    "shown_url" TEXT NOT NULL,
    "sealed_secret" BYTEA,
    "sealed_previous" BYTEA,
    "previous_until" TIMESTAMPTZ(3),
    "events" TEXT[],
    "failures" INTEGER NOT NULL DEFAULT 0,
    "paused_at" TIMESTAMPTZ(3),
    "paused_reason" TEXT,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification_delivery" (
    "id" UUID NOT NULL,
    "notice_id" UUID NOT NULL,
    "channel" "delivery_channel" NOT NULL,
    "person_id" UUID,
    "webhook_id" UUID,
    "digest" BOOLEAN NOT NULL DEFAULT false,
    "state" "delivery_state" NOT NULL DEFAULT 'waiting',
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "next_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "status_code" INTEGER,
    "duration_ms" INTEGER,
    "error" TEXT,
    "sent_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notification_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification_attempt" (
    "delivery_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "status_code" INTEGER,
    "error" TEXT,

    CONSTRAINT "notification_attempt_pkey" PRIMARY KEY ("delivery_id","number")
);

-- CreateIndex
CREATE UNIQUE INDEX "notice_key_key" ON "notice"("key");

-- CreateIndex
CREATE INDEX "notice_planned_at_at_idx" ON "notice"("planned_at", "at");

-- CreateIndex
CREATE INDEX "notice_at_idx" ON "notice"("at");

-- CreateIndex
CREATE INDEX "notification_person_id_read_at_at_idx" ON "notification"("person_id", "read_at", "at" DESC);

-- CreateIndex
CREATE INDEX "notification_person_id_at_idx" ON "notification"("person_id", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "notification_notice_id_person_id_key" ON "notification"("notice_id", "person_id");

-- CreateIndex
CREATE INDEX "approval_notice_closed_at_next_at_idx" ON "approval_notice"("closed_at", "next_at");

-- CreateIndex
CREATE INDEX "webhook_person_id_idx" ON "webhook"("person_id");

-- CreateIndex
CREATE INDEX "webhook_node_id_idx" ON "webhook"("node_id");

-- CreateIndex
CREATE INDEX "notification_delivery_state_next_at_idx" ON "notification_delivery"("state", "next_at");

-- CreateIndex
CREATE INDEX "notification_delivery_webhook_id_created_at_idx" ON "notification_delivery"("webhook_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "notification_delivery_notice_id_channel_person_id_key" ON "notification_delivery"("notice_id", "channel", "person_id");

-- CreateIndex
CREATE UNIQUE INDEX "notification_delivery_notice_id_webhook_id_key" ON "notification_delivery"("notice_id", "webhook_id");

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notice"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_choice" ADD CONSTRAINT "notification_choice_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_choice" ADD CONSTRAINT "notification_choice_secondary_id_fkey" FOREIGN KEY ("secondary_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_notice" ADD CONSTRAINT "approval_notice_approval_id_fkey" FOREIGN KEY ("approval_id") REFERENCES "approval"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_node_id_fkey" FOREIGN KEY ("node_id") REFERENCES "node"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_delivery" ADD CONSTRAINT "notification_delivery_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notice"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_delivery" ADD CONSTRAINT "notification_delivery_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_delivery" ADD CONSTRAINT "notification_delivery_webhook_id_fkey" FOREIGN KEY ("webhook_id") REFERENCES "webhook"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_attempt" ADD CONSTRAINT "notification_attempt_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "notification_delivery"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- ═══ Guards ══════════════════════════════════════════════════════════════════

ALTER TABLE "notice" ADD CONSTRAINT "notice_link" CHECK ("link" LIKE '/%' AND "link" NOT LIKE '//%');
ALTER TABLE "notification_choice" ADD CONSTRAINT "notification_choice_minutes" CHECK (
  ("quiet_from" IS NULL) = ("quiet_to" IS NULL) AND coalesce("quiet_from", 0) BETWEEN 0 AND 1439
  AND coalesce("quiet_to", 0) BETWEEN 0 AND 1439 AND "digest_at" BETWEEN 0 AND 1439);
ALTER TABLE "notification_choice" ADD CONSTRAINT "notification_choice_other" CHECK ("secondary_id" <> "person_id");
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_one_place" CHECK ("person_id" IS NULL OR "node_id" IS NULL);
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_secret" CHECK ("removed_at" IS NOT NULL OR ("kind" = 'signed') = ("sealed_secret" IS NOT NULL));
-- What a delivery is for: an e-mail to a person, or a message to a webhook.
ALTER TABLE "notification_delivery" ADD CONSTRAINT "notification_delivery_target" CHECK (
  CASE "channel" WHEN 'email' THEN "person_id" IS NOT NULL AND "webhook_id" IS NULL ELSE "webhook_id" IS NOT NULL END);
ALTER TABLE "notification_delivery" ADD CONSTRAINT "notification_delivery_waits" CHECK (("state" = 'waiting') = ("next_at" IS NOT NULL));

-- ═══ New approvals ═══════════════════════════════════════════════════════════

-- Begins to tell of approvals that wait, each once, from the decisions that no call has taken yet; how many decisions it took. The gate writes
-- nothing for it. The statement that reads the approvals runs after the one that takes the decisions, so that it sees what came with them.
CREATE FUNCTION "take_approvals"("p_now" timestamptz, "p_limit" int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  ids uuid[];
BEGIN
  ids := ARRAY(SELECT take_decisions('notify', p_limit));
  INSERT INTO approval_notice (approval_id, told_ids, next_at)
    SELECT id, '{}', p_now FROM approval WHERE decision_id = ANY(ids) AND state = 'pending'
    ON CONFLICT DO NOTHING;
  RETURN cardinality(ids);
END $$;

REVOKE ALL ON FUNCTION "take_approvals"(timestamptz, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "take_approvals"(timestamptz, int) TO "remit_runtime";
GRANT SELECT, INSERT, UPDATE, DELETE ON "notice", "notification", "notification_delivery" TO "remit_runtime";
GRANT SELECT, INSERT, DELETE ON "notification_attempt" TO "remit_runtime";
GRANT SELECT, INSERT, UPDATE ON "notification_choice", "approval_notice", "webhook" TO "remit_runtime";
