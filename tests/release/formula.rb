# formula.rb FORMULA KEG SUMS: runs Homebrew's formula in the current folder with the methods that it uses, and compares
# the checksums of its downloads with SUMS. Installs into KEG.
require "fileutils"
require "pathname"

class Pathname
  def install(*files)
    mkpath
    files.flatten.each { |file| FileUtils.cp_r(file, self, preserve: true) }
  end

  def install_symlink(links)
    mkpath
    links.each { |target, name| FileUtils.ln_sf(target, self / name) }
  end
end

class Formula
  KEG = Pathname.new(ARGV[1])
  DOWNLOADS = {}
  %i[desc homepage license test].each { |word| define_singleton_method(word) { |*| } }
  %i[on_macos on_linux on_arm on_intel].each { |word| define_singleton_method(word) { |&block| block.call } }
  %i[bin man1 bash_completion fish_completion zsh_completion doc].each do |folder|
    define_method(folder) { KEG / folder.to_s }
  end

  def self.version(text) = @version = text
  def self.url(text) = @url = text
  def self.sha256(sum) = DOWNLOADS[File.basename(@url)] = sum
end

load ARGV[0]
expected = File.readlines(ARGV[2], chomp: true).map { |line| line.split.reverse }.to_h.select { |name, _| name =~ /(linux|macos)\.tar\.gz$/ }
abort "the formula has #{Formula::DOWNLOADS}, not #{expected}" unless Formula::DOWNLOADS == expected && !expected.empty?
Kiln.new.install
