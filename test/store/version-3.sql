CREATE TABLE party (
    id TEXT PRIMARY KEY,
    sealed BLOB NOT NULL,
    public_local TEXT
  ) WITHOUT ROWID;
INSERT INTO party VALUES('b-1',X'013143dbd9a56bb66f8dde1b8009d20186bf48ff59ca6efdd078b1435fab5f740cbb0b3be86252cb78f4a1ff82ea0da6d2c4ac7dd61ff53016a622ac2628ab5c1fa43126af1b2e9bfd7255ad2592c0207bd97c323db7b16eeb4f7c07ab3e20bf77f12f1f52b78ee9f69140f6d43bd6a6e28ca732422df7ea63a9c628e00ef4c006ca80e2bc7c3992f018f32a2ab8981690c1b4b40c9b86f8bb9b7a38dfdc22b87cdef20a89deadb720e4245c6a19841540cb34c1860e0a2c66b6a9b93c04aefca424a5f90a80f037af65e7547f560a15c2352fdcffb158',NULL);
INSERT INTO party VALUES('s-1',X'013143dbd927c4d0cb02344c16d51a8a4f5eaf1f04bccb285fffb92b315ff43cd62a145cb296cac42fccc23aca2c3efee0b63fdbd20bde2c981c5ecc8ffe82f026314b3ee8866f63592f1a6c2b08aa5f5f958f3fdc3ff911d65006dbdac685516694bffdf2e52ef59fcd39c47865a844d576123e7cff63f8397ba0b0df94869e894f542ccec23b3a4bfa957300f36cdf5afaba3b9bbf0cc611349287a00c91ef3ccc8abbd53571eabb974511fd81875e764f37e94b8d7f8dc58d3874c1ce70a174249654b6fc881a37860624d07c17e015382696a031a3f647ec','qkbvdfdqzny4vz0jcmn41nvv');
CREATE TABLE mailbox (
    registered INTEGER PRIMARY KEY AUTOINCREMENT,
    hash TEXT NOT NULL,
    party TEXT NOT NULL,
    UNIQUE (hash, party)
  );
INSERT INTO mailbox VALUES(1,'mS_AyVwoB-a_-OV2bMIXHw','b-1');
CREATE TABLE conversation (
    id TEXT PRIMARY KEY,
    buyer TEXT NOT NULL,
    seller TEXT NOT NULL,
    buyer_local TEXT NOT NULL,
    seller_local TEXT NOT NULL,
    forgotten INTEGER NOT NULL DEFAULT 0
  , opted_out INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
INSERT INTO conversation VALUES('4c4p9m3wcr71dbz7','b-1','s-1','jwb2ce9076kmmyb3n2eq9nsj','aaw5kgn93mrt3gkkwsds08h8',0,0);
CREATE TABLE alias (
    local TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('buyer', 'seller', 'public', 'forgotten')),
    ref TEXT
  ) WITHOUT ROWID;
INSERT INTO alias VALUES('aaw5kgn93mrt3gkkwsds08h8','seller','4c4p9m3wcr71dbz7');
INSERT INTO alias VALUES('jwb2ce9076kmmyb3n2eq9nsj','buyer','4c4p9m3wcr71dbz7');
INSERT INTO alias VALUES('qkbvdfdqzny4vz0jcmn41nvv','public','s-1');
CREATE TABLE heard (
    conversation TEXT NOT NULL,
    side TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (conversation, side)
  ) WITHOUT ROWID;
CREATE TABLE orders (
    put INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    buyer TEXT NOT NULL,
    seller TEXT NOT NULL,
    kind TEXT NOT NULL,
    completed_at INTEGER
  );
INSERT INTO orders VALUES(1,'o-1','b-1','s-1','wine',1700000000000);
INSERT INTO orders VALUES(2,'o-2','b-1','s-1','custom',NULL);
CREATE TABLE once (
    hash TEXT PRIMARY KEY,
    settled INTEGER NOT NULL,
    trace TEXT NOT NULL,
    until INTEGER NOT NULL
  ) WITHOUT ROWID;
CREATE TABLE thread (
    conversation TEXT NOT NULL,
    hash TEXT NOT NULL,
    sealed BLOB NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (conversation, hash)
  ) WITHOUT ROWID;
CREATE TABLE hold (
    trace TEXT PRIMARY KEY,
    conversation TEXT NOT NULL,
    sealed BLOB NOT NULL,
    until INTEGER NOT NULL
  , party TEXT);
INSERT INTO hold VALUES('trace0held','4c4p9m3wcr71dbz7',X'013143dbd9041411c9eaa84a539eae8431a76a8cd762d93b56c306ca5fb6c95a04e560848d441707313b00e1cce645a7fb14cf97580de33fa97c1d4efc19541062ab8b6b2161645c996429925245755732732cc341b235718c8ab99f21d7d7025f7ce52840cdd9217ad84d84b84185af506bad7644fa84044c32bfed54feccf4548c17842e54ef5dff76382fb2957c9524f307c5e2ef70b15a0d332aa4dbc07fc114d250c7dc1e07dcc7dab0b0058ca71d38688e506884b643a040de97610271cc6a2be781804d97a1342360062c573b81608a07113e970b875eb8915afd27dfb0ed599dbbe26c1023cc5e8439c01721ae139055add31ab37cabcb96f19a54afc46293fc7f83b38771059dda8568fa7950a57cf6f46389b496ab16bdb3c3af3833f5a46aed9648f6937e88b6ffc5fb363b4d6e0eefef',1700259200000,'s-1');
CREATE TABLE entry (
    trace TEXT PRIMARY KEY,
    conversation TEXT,
    place TEXT NOT NULL,
    sealed BLOB NOT NULL,
    bounced_at INTEGER,
    until INTEGER NOT NULL
  );
INSERT INTO entry VALUES('trace0told','4c4p9m3wcr71dbz7','0001700000000000trace0told',X'013143dbd9048648317ec33598344701f0df3f98d16eda85141f91dab83a9b4418ea99e0ec1866eae65c227592b8a76a75d17943141733fcfd6627d293ed9897c8dc6ae6cc99df509347b4e38554ec46e4ecfe2cd72776223945215f15e1320f2105beddf2625bfc3e2337df915ea5e59fc07725c3da5c45551e8d94c86a2af51c1bdaec16034496cb2eddc2c442da5c83cbbedc13d396b10c980362a1fb5f4b9b9743e44ee2455ec1d37e123b66ea342461c40ec600a1c67f6f58d4bf668bd58e44761cede095217682736c78e13c3214256ed499e77a8a78bcab4e03028f1c6fa2d9bb0c17b865ebd5605ef4e3cd03a887467ab301b98b635aca3b0ac6211aa8376367546703a7bd13c374ccd912c941482071ffec4efab727d403feb6dec03be24137565305b6eb90d48ec84ac989af46e7efb7cc50c3b2c23c76b840e1ab70c8b7e0',NULL,1734560000000);
CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    recipient TEXT NOT NULL,
    sealed BLOB NOT NULL,
    at INTEGER NOT NULL,
    due INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    holder TEXT
  );
CREATE TABLE outbox_done (
    id TEXT PRIMARY KEY,
    until INTEGER NOT NULL
  ) WITHOUT ROWID;
CREATE TABLE objection (
    trace TEXT NOT NULL,
    party TEXT NOT NULL,
    conversation TEXT NOT NULL,
    place TEXT NOT NULL,
    sealed BLOB,
    until INTEGER NOT NULL,
    PRIMARY KEY (trace, party)
  );
INSERT INTO objection VALUES('trace0told','s-1','4c4p9m3wcr71dbz7','0001700000000000trace0told/s-1',X'013143dbd904a02e151af7d39b21fadeeb8244a4d73fe6a1f7ff718a993556c1c581f886',1734560000000);
INSERT INTO objection VALUES('trace1told','b-1','4c4p9m3wcr71dbz7','0001700000000001trace1told/b-1',X'013143dbd9598dcf5f0a319cf3145ed7702ce2f41a7c1bae13d983b5df5f2c7be958ae3d2aa52dd59afe',1734560000000);
CREATE TABLE digest_day (
    day TEXT NOT NULL,
    party TEXT NOT NULL,
    due INTEGER NOT NULL DEFAULT 0,
    until INTEGER NOT NULL,
    PRIMARY KEY (party, day)
  ) WITHOUT ROWID;
INSERT INTO digest_day VALUES('2023-11-14','s-1',0,1702592000000);
CREATE TABLE digest (
    id TEXT PRIMARY KEY,
    party TEXT NOT NULL,
    day TEXT NOT NULL,
    at INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    until INTEGER NOT NULL
  );
INSERT INTO digest VALUES('trace0told/refused','s-1','2023-11-14',1700000000000,X'013143dbd9cbcec07477e6c16b4b39094d48348ed171118eb621a682822915e4bf1d86132ad5941d0a27792bb3cde81d213d3f6144115df0f766aa428951d64db235f86dda29b313fa7b2a7ead862eaee5bff910318c3e92978f61de78714a23156c1b83200b09cfae402cc178db018fef9bd65d913d434de26cf43e6747d2eeaacad1a890a82db409c08ba1d27dfbfe8bac02bebd081aec55a295910445b85f073a54b7241e050a7576a5736ed732f1f7e94fecffe763642500061db3f37aefc0c92ba8edb5bc3c38c06294478c461e294ffc62de01cf04e90b837e44bc138e102bc45aa24236f04bfdd30f94553d5769ee',1702592000000);
CREATE INDEX mailbox_party ON mailbox (party);
CREATE UNIQUE INDEX conversation_pair ON conversation (buyer, seller) WHERE forgotten = 0;
CREATE INDEX conversation_seller ON conversation (seller) WHERE forgotten = 0;
CREATE INDEX orders_pair ON orders (buyer, seller, completed_at, put);
CREATE INDEX once_until ON once (until);
CREATE INDEX thread_until ON thread (until);
CREATE INDEX hold_conversation ON hold (conversation);
CREATE INDEX hold_until ON hold (until);
CREATE INDEX entry_place ON entry (conversation, place);
CREATE INDEX entry_until ON entry (until);
CREATE INDEX hold_party ON hold (party);
CREATE INDEX outbox_due ON outbox (due, at);
CREATE INDEX outbox_at ON outbox (at);
CREATE INDEX outbox_recipient ON outbox (recipient);
CREATE INDEX outbox_done_until ON outbox_done (until);
CREATE INDEX objection_place ON objection (place);
CREATE INDEX objection_party ON objection (party);
CREATE INDEX objection_until ON objection (until);
CREATE INDEX digest_day_due ON digest_day (day, due);
CREATE INDEX digest_day_until ON digest_day (until);
CREATE INDEX digest_of ON digest (party, day, at);
CREATE INDEX digest_until ON digest (until);
PRAGMA user_version = 3;
