//! On Windows the program carries its icon, its version and a manifest: sharp on every screen, paths of any length, UTF-8, and no
//! question for rights it does not need. Elsewhere there is nothing to do.

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=assets/windows");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("windows") {
        return Ok(());
    }
    let mut resource = winresource::WindowsResource::new();
    resource
        .set_icon("assets/windows/xiangli.ico")
        .set_manifest_file("assets/windows/xiangli.manifest")
        // Chinese as it is written in the People's Republic.
        .set_language(0x0804)
        .set("ProductName", "乡里")
        .set("FileDescription", "乡里：村干部的电子工作手册")
        .set("LegalCopyright", "MIT OR Apache-2.0")
        .set("OriginalFilename", "xiangli.exe");
    resource.compile()
}
