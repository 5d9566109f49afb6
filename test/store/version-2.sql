CREATE TABLE party (
    id TEXT PRIMARY KEY,
    sealed BLOB NOT NULL,
    public_local TEXT
  ) WITHOUT ROWID;
INSERT INTO party VALUES('b-1',X'013143dbd9ca3690b992e1097eb5ca734c52115018c5a47f01c1039cf7a2515e0b510e015e34a5d793f65145cbf81631ba10cf70a14e3a5db6fc012a206b0e71ae96cde7daa9660744cb99411890c4ccd0ae5c087dcf1bcd5750768f563ad19d427244545b8fce22df6c0855cc4f25bdf07f6d5ba9df780d0c4acfa93fed8c6530927c78b0f6114860b1922720d62ec34f9e57b0f6c48965272989a84be602ac9ec8b91090901eab672a3d37f1d5f8b94e036252182821b90a229f0a7a31938b781db70c8b24',NULL);
INSERT INTO party VALUES('s-1',X'013143dbd94c930a064f525f1a45014f1785b631eb03aecffb1705564fcc4948307405c21515b1f8df18a11fb11a1b61ef779248c127157eba391400a014c81fa3dd796eb8e5f8afb9a42a59a0231c9ad07161aef29666a1a71381efb524a264d631d2323cc8bb53e7b978bf9f6149e950f792b561365f950b205d37668b4d527a786aad8106bb0bf8bdedf3a9de8161e37a499a935cbb6030f69b3d5864de9db0a041fc08104368330bf73b4b06e9c70a6bcfd29932ccf843b7e623704175e040b24eaf546c','yd86wb1ytv7f7q31v8jjd43x');
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
INSERT INTO conversation VALUES('qf5tvsv7gsrf2q7n','b-1','s-1','symep4hr15bw53py60t3dfv4','c0rk3b5wbjr55x03zt8494q6',0,1);
CREATE TABLE alias (
    local TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('buyer', 'seller', 'public', 'forgotten')),
    ref TEXT
  ) WITHOUT ROWID;
INSERT INTO alias VALUES('c0rk3b5wbjr55x03zt8494q6','seller','qf5tvsv7gsrf2q7n');
INSERT INTO alias VALUES('symep4hr15bw53py60t3dfv4','buyer','qf5tvsv7gsrf2q7n');
INSERT INTO alias VALUES('yd86wb1ytv7f7q31v8jjd43x','public','s-1');
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
INSERT INTO hold VALUES('trace0held','qf5tvsv7gsrf2q7n',X'013143dbd91692e5087291ec19107e7839480a2553ee3509f4b324324dae8a5e29c2071a4c9ade52c2724741ddefee1be737f5b80dc27f6b50c38c4166d2266e9d16b87b57a24640d3ffb342bc16e306cad980f80ccf37900f3aede6d31406adc6ba1ccc520770ea4533647ee00ac05d13e74de7173f11f20ef64d4208d84463cf5a8c4bfb036c0ee56614f91c395c43bcda7263662bd22753eac6992679079149e81e459928138c777c70b965e68fe1733ec33e3f6effeda66fec3a99fc203b32881a60502bc3eb984e2dc86e84f02076a9706c0bd9e1218dc1b6d27b94da9241ffecafbf42a8579576823fcfb06d311cab9789aebcba859b9364f4fb3a7a8768dc8516891976355723d8ab8627ba2bef91a5a54cfe247d1f0353335e8342eee96af31d212290fd2a3abbf645a060',1700259200000,'s-1');
CREATE TABLE entry (
    trace TEXT PRIMARY KEY,
    conversation TEXT,
    place TEXT NOT NULL,
    sealed BLOB NOT NULL,
    bounced_at INTEGER,
    until INTEGER NOT NULL
  );
CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    recipient TEXT NOT NULL,
    sealed BLOB NOT NULL,
    at INTEGER NOT NULL,
    due INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    holder TEXT
  );
INSERT INTO outbox VALUES('notice:refused:trace0told','EEKtXiP0P68dam7p-rWbYQ',X'013143dbd9edc9068af2ba7595b6e01bd05caaa54daee68ace8b872df10e822d60a0e498f8d397dd8b62c868d2216be3f476bda9beaa4a3429caf26f95129edab8c34436317016fff48f4ec32e15de2de9bcaf873cfb98b028541ee6a795a9c7db95388151cb7ca1d26f04d28d6dad2edb36dbf1d83e123ebf2ae3aa7fb2a988aa467a07d84859f2372138c5b3fa1597a29f78f02652df212a0a1067cd44dc1db53a18763027d35453139b338dafa1',1700000000000,1700000000000,0,NULL);
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
INSERT INTO objection VALUES('trace0told','s-1','qf5tvsv7gsrf2q7n','0001700000000000trace0told/s-1',X'013143dbd9f3b432046d7a492ad428b39834be2574bf67f414cd91d2ea97615dabc6f82a',1734560000000);
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
PRAGMA user_version = 2;
