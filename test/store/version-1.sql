CREATE TABLE party (
    id TEXT PRIMARY KEY,
    sealed BLOB NOT NULL,
    public_local TEXT
  ) WITHOUT ROWID;
CREATE TABLE mailbox (
    registered INTEGER PRIMARY KEY AUTOINCREMENT,
    hash TEXT NOT NULL,
    party TEXT NOT NULL,
    UNIQUE (hash, party)
  );
CREATE INDEX mailbox_party ON mailbox (party);
CREATE TABLE conversation (
    id TEXT PRIMARY KEY,
    buyer TEXT NOT NULL,
    seller TEXT NOT NULL,
    buyer_local TEXT NOT NULL,
    seller_local TEXT NOT NULL,
    forgotten INTEGER NOT NULL DEFAULT 0
  ) WITHOUT ROWID;
CREATE UNIQUE INDEX conversation_pair ON conversation (buyer, seller) WHERE forgotten = 0;
CREATE INDEX conversation_seller ON conversation (seller) WHERE forgotten = 0;
CREATE TABLE alias (
    local TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('buyer', 'seller', 'public', 'forgotten')),
    ref TEXT
  ) WITHOUT ROWID;
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
CREATE INDEX orders_pair ON orders (buyer, seller, completed_at, put);
CREATE TABLE once (
    hash TEXT PRIMARY KEY,
    settled INTEGER NOT NULL,
    trace TEXT NOT NULL,
    until INTEGER NOT NULL
  ) WITHOUT ROWID;
CREATE INDEX once_until ON once (until);
CREATE TABLE thread (
    conversation TEXT NOT NULL,
    hash TEXT NOT NULL,
    sealed BLOB NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (conversation, hash)
  ) WITHOUT ROWID;
CREATE INDEX thread_until ON thread (until);
CREATE TABLE hold (
    trace TEXT PRIMARY KEY,
    conversation TEXT NOT NULL,
    sealed BLOB NOT NULL,
    until INTEGER NOT NULL
  );
CREATE INDEX hold_conversation ON hold (conversation);
CREATE INDEX hold_until ON hold (until);
CREATE TABLE entry (
    trace TEXT PRIMARY KEY,
    conversation TEXT,
    place TEXT NOT NULL,
    sealed BLOB NOT NULL,
    bounced_at INTEGER,
    until INTEGER NOT NULL
  );
CREATE INDEX entry_place ON entry (conversation, place);
CREATE INDEX entry_until ON entry (until);
INSERT INTO party (id, sealed, public_local) VALUES ('b-1', X'013143dbd91831c40d8fed5f01b6f502bdfba765670684ea39da71e0d3cc2fb42fc8bc3562cad7efbc6fa8ddb851f14f690acaa8b6ff51ebd7bc5b6b8312c15932fd10adfc35d90911a32b3daad5845b433f2c5c0c95b6d7fdde54b5766ec9b37005c4045bfa51aa7e44fc004fd1174798c2c6ba32fa933659c8ceaf4b9bcc8738b2a52e3a58640347f4bb65bc5901ab5724c26244e7fd9ff1138b1e89aaef32e028eb70a4ad5abd6f6192cea6b3b88348c62d627d38f361fec24b27342f04c35018b5c1a45b', NULL);
INSERT INTO party (id, sealed, public_local) VALUES ('s-1', X'013143dbd949f033a2381712f08c7f4ecdfed4fcf1c87dab3ec5875009dfc2d8e4834a7b381209d5bcc7ebb21f4aa58849f142253caf267a7af69fd3b5189869535b7753fd930b559788926e14453eeff5d333ef8dee0ecc430bb38ebaffe3d27f893f6858059580eb33446995b7454b70925dc3bd0bd345eea7bd4f31abbc276db82a825f674042cf1b6f59690b3ad47bb0491ecd206b1d27e7fa290e8610bfe0428f20e0d08a4bc8c0ee9ee895974d24e7b40bec319fb210b17bafb5f31f70db1301e8f4445630', '4cdv92rnb93gc24nhx28k9qr');
INSERT INTO mailbox (registered, hash, party) VALUES (1, 'mS_AyVwoB-a_-OV2bMIXHw', 'b-1');
INSERT INTO conversation (id, buyer, seller, buyer_local, seller_local, forgotten) VALUES ('q3xw7fqkwe94ftbj', 'b-1', 's-1', '48ez9015xrssw8y9fjayz7pb', '3x30p4y3497s0t7m53wdcf7w', 0);
INSERT INTO alias (local, kind, ref) VALUES ('3x30p4y3497s0t7m53wdcf7w', 'seller', 'q3xw7fqkwe94ftbj');
INSERT INTO alias (local, kind, ref) VALUES ('48ez9015xrssw8y9fjayz7pb', 'buyer', 'q3xw7fqkwe94ftbj');
INSERT INTO alias (local, kind, ref) VALUES ('4cdv92rnb93gc24nhx28k9qr', 'public', 's-1');
INSERT INTO heard (conversation, side, at) VALUES ('q3xw7fqkwe94ftbj', 'buyer', 1700000000000);
INSERT INTO orders (put, id, buyer, seller, kind, completed_at) VALUES (1, 'o-1', 'b-1', 's-1', 'wine', NULL);
INSERT INTO thread (conversation, hash, sealed, until) VALUES ('q3xw7fqkwe94ftbj', '7kbu34D42it-Uza5tWEYZQ', X'013143dbd9eafeb383a5365d42056317d52d9e659737c5cd93b643652fa6ef7420ffa7ca3f87f86fef36d6c44047ee79708389', 1734560000000);
INSERT INTO thread (conversation, hash, sealed, until) VALUES ('q3xw7fqkwe94ftbj', 'QSSepRJrSktRvQIXVD0AvA', X'013143dbd9f78b374dcb6544a39d4cfc5575fb91bf1bb647046e76ed1ac4e7ca29f97374ef41bace929c2e4c1468f9769d20075a', 1734560000000);
INSERT INTO hold (trace, conversation, sealed, until) VALUES ('trace0held', 'q3xw7fqkwe94ftbj', X'013143dbd99b429a01dcc5453e48d4edb471c62fc3075a99d954c59de53b38cfda098914c27a4b06cc77893c6c479e6276b0e7b615d4fd13c014b75e6294b5398323aa6462e9e101cf0dcb36a82d84ed5cd0a7dd607bb901213fd2de0952f18cca08fd5ae60bd96800f84450ba652fd22fdeb45ce4bf484f85c30685d328cf785efe4c7656c70ac08cc524e6a3ac50ba3cf0890a729c46932c2d8142291e8fd3e67f15bc7143235d990bfccfea3d389848f1a39494d469bb6fce54173576ffead4ee26a2d9dab993aad2914853e33b84bf6343ee907f7336022315ee01f5a81031822b67d3608ca7489be91849e456a7632e01e0ef549673cf98dd1f8e627327a65a97e1dc1c4a0198150af869339e1fe7057320230b53de0d1ff170bd410dfe9f', 1700259200000);
INSERT INTO entry (trace, conversation, place, sealed, bounced_at, until) VALUES ('trace0held', 'q3xw7fqkwe94ftbj', '0001700000000000trace0held', X'013143dbd9a762f9cd350345d8c2828a7605e9d42cbb4706d546de86a82d4e0e49e077698d90d1699f3a0dda58e643a3f151fcba0c97b3e60435ee81dbe4c7282dc5511c265fc4db2c6491d2cffc2bd492ab7deee0dd68c2be87b7d51a3600b98b1e030a517a1bee929bc78e1e7b81e097c341c36559a89d73d566eafa4f04ebf4063aeeeb5a1a636b92dfed4237f81204a7dfcc8d99c4fca4da22287c12391e2e31d92ff7bc3b1bc9568b63e582543e79cd8edf40e04c49cc2a68dd4a65c29963f00c63d4bd47faffaf410bccafc002fa53ead86f03c74bf357f0e51ff3487e6c7ef625c8ee2c4854233c6a520721416fa4fe834ee9f86f6cd3489f60a12bc5780cc396e524c306359f5d421a7303f8595180d49fae60ed0663b105fb5316d2ba8ac81f015cb5d04432729aa343ca768e31386a393680fd99ff815eecdb1479fbecb4b8', NULL, 1734560000000);
PRAGMA user_version = 1;
