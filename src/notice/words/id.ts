/** Notices in Indonesian. */
import type { Words } from '../vocabulary.ts';

export const id: Words = {
  service: 'Layanan Pesan',
  quotes: ['“', '”'],
  tag: '[Penting]',
  comma: ', ',
  greeting: 'Halo {own},',
  kinds: {
    refused: {
      state: 'Tidak terkirim',
      title: 'Tidak terkirim: {subject}',
      happened: 'Pesan Anda kepada {other} tidak dikirimkan karena tidak sesuai dengan aturan marketplace.',
      rest: 'Tidak ada bagian pesan yang dikirimkan, jadi {other} belum melihat isinya sama sekali.',
      again: 'Ubah pesan Anda, lalu kirim lagi.',
    },
    redacted: {
      state: 'Terkirim dengan perubahan',
      title: 'Terkirim dengan perubahan: {subject}',
      happened: 'Pesan Anda kepada {other} sudah dikirimkan, tetapi ada bagian yang harus dihapus sesuai aturan marketplace.',
      rest: 'Bagian lain dari pesan sudah dikirimkan, jadi Anda tidak perlu mengirimnya lagi.',
      again: 'Jika ada hal penting yang kini hilang, kirimkan dalam bentuk lain.',
    },
    held: {
      state: 'Ditahan',
      title: 'Ditahan: {subject}',
      happened: 'Pesan Anda kepada {other} belum dikirimkan. Pesan ini ditahan sampai selesai diperiksa.',
      rest: 'Seluruh pesan tersimpan dengan aman, dan {other} sejauh ini belum melihat isinya.',
      again: 'Anda cukup menunggu, atau ubah pesan Anda lalu kirim lagi.',
    },
  },
  labels: {
    to: 'Kepada: ',
    subject: 'Subjek: ',
    sent: 'Dikirim: ',
    words: 'Dalam pesan Anda: ',
    file: 'Lampiran: ',
    mend: 'Yang perlu dilakukan: ',
    reason: 'Alasan: ',
    trace: 'Nomor referensi: ',
  },
  headings: { reasons: 'Alasannya:', now: 'Yang dapat Anda lakukan sekarang:' },
  more: 'dan {n} lainnya',
  noSubject: '(tanpa subjek)',
  noFilename: '(tanpa nama berkas)',
  send: 'Balas email ini dengan satu kata saja, SEND, dan pesan Anda akan dikirimkan tanpa bagian yang disebutkan di atas.',
  objection: 'Menurut Anda ini keliru? Balas email ini dengan alasan Anda, dan petugas kami akan memeriksanya.',
  kept: 'Pesan kami simpan selama {hours} jam; setelah itu dihapus.',
  digest: {
    title: 'Pesan yang tidak terkirim seperti aslinya, {day} ({n})',
    happened: 'Pesan-pesan Anda berikut ini tidak dikirimkan seperti yang Anda tulis karena aturan marketplace.',
    objection: 'Menurut Anda ada yang keliru? Balas dengan nomor referensi dan alasan Anda, dan petugas kami akan memeriksanya.',
  },
  copied: {
    title: 'Selain {other}, ada yang lain yang menerima pesan Anda',
    happened: 'Pesan Anda kepada {other} juga mencantumkan penerima lain di Kepada atau Cc. Dari kami, hanya {other} yang menerimanya.',
    seen: 'Yang lain menerimanya langsung dari program email Anda. Mereka melihat alamat Anda sendiri dan dapat membalas di luar marketplace.',
    mend: 'Lain kali tulislah hanya ke alamat {other}. Jika orang lain perlu tahu, kirimlah email tersendiri kepada mereka.',
  },
  stranger: {
    title: 'Apakah {address} milik Anda?',
    happened:
      'Sebuah email atas nama Anda datang dari {address}, kotak surat yang tidak kami kenal sebagai milik Anda. Email itu untuk {other} dan belum dikirimkan.',
    approve: 'Balas APPROVE: email itu dikirimkan, dan kotak surat itu boleh menulis atas nama Anda mulai sekarang.',
    block: 'Balas BLOCK: email itu dihapus, dan tidak ada lagi dari kotak surat itu yang diterima atas nama Anda.',
    page: 'Atau pilih di halaman ini: {page}',
    kept: 'Jika Anda tidak berbuat apa-apa, email itu dihapus setelah {hours} jam.',
  },
  bounced: {
    title: 'Tidak terkirim: pesan Anda kepada {other}',
    happened: 'Pesan Anda kepada {other} tidak sampai. Penyedia email di pihak lain mengembalikannya kepada kami.',
    question: 'Ada pertanyaan tentang hal ini? Balas email ini, dan petugas kami akan memeriksanya.',
    reasons: {
      unknown: {
        why: 'Kotak surat pihak lain sudah tidak ada, atau tidak menerima email lagi.',
        mend: 'Untuk saat ini, mengirim ulang pesan tidak membantu. Marketplace dapat mencari tahu apakah ada kotak surat yang baru.',
      },
      full: {
        why: 'Kotak surat pihak lain penuh.',
        mend: 'Kirim lagi pesan Anda dalam satu atau dua hari.',
      },
      policy: {
        why: 'Penyedia email pihak lain menolak pesan ini menurut aturannya sendiri, misalnya karena dianggap spam.',
        mend: 'Kirim lagi dengan kata-kata lain, sebisa mungkin tanpa lampiran dan gambar.',
      },
      other: {
        why: 'Penyedia email pihak lain tidak memberikan alasan yang kami pahami.',
        mend: 'Kirim lagi pesan Anda nanti.',
      },
    },
  },
  rules: {
    'contact-email': {
      name: 'Alamat email',
      what: 'Pesan ini memuat alamat email.',
      mend: 'Hapus alamat email, termasuk yang dieja dengan kata-kata. Balasan atas pesan di sini selalu sampai tanpa alamat itu.',
    },
    'contact-phone': {
      name: 'Nomor telepon',
      what: 'Pesan ini memuat nomor telepon.',
      mend: 'Hapus nomor telepon. Yang boleh hanya nomor layanan kurir, atau nomor produsen untuk klaim garansi; sebutkan nomor siapa itu.',
    },
    'contact-handle': {
      name: 'Kontak di layanan lain',
      what: 'Pesan ini memberikan kontak di layanan lain, seperti WhatsApp atau Telegram, atau mengajak melanjutkan percakapan di sana.',
      mend: 'Hapus bagian itu dan lanjutkan percakapan di sini. Menyebut layanan semacam itu, misalnya sebagai fitur produk, tetap boleh.',
    },
    'external-link': {
      name: 'Tautan ke situs lain',
      what: 'Pesan ini memuat tautan atau alamat web di luar marketplace.',
      mend: 'Hapus tautan itu atau ganti dengan halaman di marketplace. Pelacakan paket di situs yang disetujui marketplace diperbolehkan.',
    },
    'logo-link': {
      name: 'Gambar dengan tautan',
      what: 'Gambar atau logo dalam pesan ini mengarah ke situs di luar marketplace.',
      mend: 'Sisipkan gambar tanpa tautan. Jika tautan itu ditambahkan otomatis oleh aplikasi email, hapus dari templat Anda.',
    },
    'tracking-pixel': {
      name: 'Konten yang dimuat dari internet',
      what: 'Pesan ini memuat gambar atau konten lain dari internet, sehingga dapat diketahui kapan pesan dibuka.',
      mend: 'Sisipkan gambar langsung atau lampirkan, dan matikan pelacakan pembacaan di aplikasi email Anda.',
    },
    'attachment-type': {
      name: 'Jenis berkas',
      what: 'Ada berkas dengan jenis yang tidak dapat dikirim di sini. Yang dinilai adalah isinya, bukan namanya.',
      mend: 'Kirimkan sebagai PDF, Word (doc, docx), gambar (PNG, JPEG, GIF, WebP, HEIC), atau teks biasa, tanpa kata sandi.',
    },
    'attachment-size': {
      name: 'Ukuran lampiran',
      what: 'Ukuran semua lampiran melebihi {size} MB.',
      mend: 'Perkecil gambar, atau kirim berkas dalam beberapa pesan.',
    },
    marketing: {
      name: 'Promosi',
      what: 'Pesan ini berisi promosi, misalnya diskon, buletin, produk lain, atau toko Anda.',
      mend: 'Hapus promosi itu dan tulis hanya yang diperlukan untuk pesanan atau pertanyaan pembeli.',
    },
    'review-manipulation': {
      name: 'Pengaruh terhadap ulasan',
      what: 'Pesan ini mencoba memengaruhi ulasan: meminta ulasan bagus, menawarkan imbalan, ingin ulasan diubah atau dicegah, atau memintanya lagi.',
      mend: 'Anda boleh meminta satu kali per pesanan ulasan yang jujur, baik atau buruk, tanpa imbalan dan tanpa syarat.',
    },
    'opt-out-request': {
      name: 'Ajakan berhenti berlangganan',
      what: 'Pesan ini meminta pembeli berhenti menerima pesan atau mematikannya.',
      mend: 'Hapus kalimat itu, juga jika ada di bagian bawah templat Anda. Hal ini sepenuhnya keputusan pembeli.',
    },
    'off-platform': {
      name: 'Transaksi di luar marketplace',
      what: 'Pesan ini membahas pembelian, pembayaran, atau pengembalian dana di luar marketplace.',
      mend: 'Hapus bagian itu. Pembelian, pembayaran, dan pengembalian dana dilakukan melalui marketplace.',
    },
    'sensitive-info': {
      name: 'Data rahasia',
      what: 'Pesan ini memberikan atau meminta data rahasia, seperti nomor kartu atau rekening, kartu identitas, kata sandi, atau kode.',
      mend: 'Hapus data itu dan jangan memintanya. Nomor perusahaan dan NPWP perusahaan pada faktur diperbolehkan.',
    },
    'needless-message': {
      name: 'Pesan yang tidak perlu',
      what: 'Pesan ini hanya ucapan terima kasih, konfirmasi, kabar stok habis, atau panduan yang tidak diminta.',
      mend: 'Jika Anda memerlukan keputusan atau keterangan dari pembeli, tanyakan dengan jelas. Jika tidak, Anda tidak perlu menulis.',
    },
    'opted-out': {
      name: 'Pembeli tidak ingin menerima pesan',
      what: 'Pembeli tidak ingin menerima pesan yang dimulai oleh penjual.',
      mend: 'Anda tetap boleh membalas setiap kali pembeli menulis kepada Anda, menulis tentang pesanan khusus, buatan tangan, atau anggur, dan mengirim hal yang mutlak diperlukan untuk pesanan dengan {tag} di subjek, lengkap dengan tanda kurung sikunya.',
    },
    'proactive-window': {
      name: 'Pesanan sudah terlalu lama',
      what: 'Pesanan sudah selesai lebih dari {days} hari yang lalu; setelah batas itu penjual tidak boleh lagi memulai percakapan.',
      mend: 'Anda boleh membalas begitu pembeli menulis kepada Anda. Jika benar-benar penting bagi pesanan, cantumkan {tag} di subjek, lengkap dengan tanda kurung sikunya.',
    },
    'no-order': {
      name: 'Tidak ada pesanan',
      what: 'Tidak ada pesanan antara Anda dan pembeli ini, jadi pembeli yang harus menulis lebih dulu.',
      mend: 'Tunggu sampai pembeli menulis kepada Anda; setelah itu Anda boleh membalas. Tanda di subjek tidak mengubah hal ini.',
    },
    identity: {
      name: 'Nama atau alamat Anda dalam berkas',
      what: 'Sebuah berkas menyebut Anda: nama lengkap, alamat email, atau alamat web Anda sendiri. Pihak lain tidak mengetahuinya di sini.',
      mend: 'Hapus dari berkas itu, atau tulis hal yang penting di email, lalu kirim lagi.',
    },
    malware: {
      name: 'Perangkat lunak berbahaya',
      what: 'Sebuah berkas mengandung perangkat lunak berbahaya, misalnya virus.',
      mend: 'Periksa perangkat Anda dengan antivirus, lalu kirim ulang berkas dari sumber yang bersih.',
    },
    other: {
      name: 'Aturan marketplace',
      what: 'Sebagian pesan ini melanggar salah satu aturan marketplace.',
      mend: 'Ubah bagian itu. Jika maksudnya kurang jelas, balas email ini dan tanyakan.',
    },
  },
};
